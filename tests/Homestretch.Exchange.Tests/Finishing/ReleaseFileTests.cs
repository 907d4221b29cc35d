using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Homestretch.Exchange.Finishing;
using Homestretch.World;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Finishing;

/// <summary>A release is the hub's word on one unit: it is read back whole, and nothing in it can be changed.</summary>
public sealed class ReleaseFileTests
{
    private static FirmwareRelease Release(string serial = "C1-1", string reason = "") => new("SO-1/1", 3, reason.Length > 0 ? 2 : 1, "MC", 20, serial, "C1", "US", "4.2.1", new string('a', 64), Instant.FromUtc(2026, 11, 24, 14, 0), "", reason, "GVL-07/4", "", "");

    [Fact]
    public void What_was_signed_is_valid_whatever_stands_in_it() => Gen.Select(Gen.String[1, 20], Gen.String[0, 20]).Sample((serial, reason) =>
    {
        if (serial.Any(char.IsSurrogate) || reason.Any(char.IsSurrogate)) return;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (said, wrong) = ReleaseFile.Verify(ReleaseFile.Write(ReleaseFile.Signed(Release(serial, reason), key)), key);
        Assert.Equal("", wrong);
        Assert.Equal((serial, reason, "3", "20"), (said!["serial"], said["reason"], said["ordinal"], said["quota"]));
    }, iter: 50);

    [Fact]
    public void No_field_can_be_changed_added_or_left_out_and_no_other_key_will_do()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256), other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string file = Encoding.UTF8.GetString(ReleaseFile.Write(ReleaseFile.Signed(Release(reason: "board changed"), key)));
        string[] lines = file.Split('\n');
        for (int i = 1; i < lines.Length - 2; i++)
        {
            string name = lines[i].Split('"')[1], value = lines[i].Split('"')[3];
            Assert.NotEqual("", ReleaseFile.Verify(Encoding.UTF8.GetBytes(file.Replace(lines[i], lines[i].Replace($": \"{value}\"", $": \"{(name == "signature" ? "AAAA" : value + "1")}\"", StringComparison.Ordinal), StringComparison.Ordinal)), key).Wrong);
        }
        Assert.Contains("Take the public key", ReleaseFile.Verify(Encoding.UTF8.GetBytes(file), other).Wrong, StringComparison.Ordinal);
        Assert.Contains("nobody signed", ReleaseFile.Verify(Encoding.UTF8.GetBytes(file.Replace("\"kind\"", "\"more\": \"x\", \"kind\"", StringComparison.Ordinal)), key).Wrong, StringComparison.Ordinal);
        Assert.Contains("lacks quota", ReleaseFile.Verify(Encoding.UTF8.GetBytes(file.Replace("  \"quota\": \"20\",\n", "", StringComparison.Ordinal)), key).Wrong, StringComparison.Ordinal);
        Assert.All(["", "{", "[]", "{\"kind\": 1}", "null"], bad => Assert.NotEqual("", ReleaseFile.Verify(Encoding.UTF8.GetBytes(bad), key).Wrong));
    }
}
