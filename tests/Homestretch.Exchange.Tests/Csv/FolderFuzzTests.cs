using System.Text;
using Homestretch.Exchange.Csv;
using Homestretch.Tests.World;
using Homestretch.World;
using Xunit;

namespace Homestretch.Exchange.Tests.Csv;

public sealed class FolderFuzzTests
{
    private static readonly Snapshot s_world = SmallWorld.Make();
    private static readonly KeyValuePair<string, byte[]>[] s_files = [.. CompanyFolder.Write(s_world)];

    private static readonly string[] s_splinters =
        ["\"", ",", "\r\n", "\n", "|", "-", "9", "79228162514264337593543950335", "1e9", "\0", "=", "((((", "!", "Z", "9999-12-31T23:59:59-18:00", "", "MC", "market", "\uFEFF"];

    [Fact]
    public void A_mutilated_folder_is_read_or_reported_and_never_thrown()
    {
        var random = new Random(20261124);
        int refused = 0;
        for (int n = 0; n < 1500; n++)
        {
            var files = s_files.ToDictionary(static f => f.Key, static f => f.Value);
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                string name = s_files[random.Next(s_files.Length)].Key;
                files[name] = Mutated(files[name], random);
            }
            var (world, findings) = CompanyFolder.Read(files);
            Assert.Equal(world is null, findings.Count > 0);
            if (world is null) refused++;
            else Assert.Equal(CompanyFolder.Write(world).Select(static f => f.Value), CompanyFolder.Write(CompanyFolder.Read(CompanyFolder.Write(world)).World!).Select(static f => f.Value));
        }
        Assert.InRange(refused, 750, 1499);
    }

    [Fact]
    public void A_mutilated_delta_is_taken_or_reported_and_never_thrown()
    {
        var random = new Random(7);
        for (int n = 0; n < 1500; n++)
        {
            var (name, bytes) = s_files[random.Next(s_files.Length)];
            Applied applied = CompanyFolder.DryRun(s_world, name, Mutated(bytes, random)).Applied;
            Assert.True(applied.Accepted || ReferenceEquals(applied.World, s_world));
        }
    }

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length + 1), length = Math.Min(random.Next(12), bytes.Length - at);
        return random.Next(4) switch
        {
            0 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            1 => [.. bytes[..at], .. bytes[(at + length)..]],
            2 => [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]],
            _ => [.. bytes[..at], .. Encoding.UTF8.GetBytes(s_splinters[random.Next(s_splinters.Length)]), .. bytes[(at + length)..]],
        };
    }
}
