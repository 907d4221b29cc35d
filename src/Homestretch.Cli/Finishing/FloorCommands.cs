using System.CommandLine;
using System.Security.Cryptography;
using Homestretch.Cli.Planning;
using Homestretch.Exchange.Edges;
using Homestretch.Exchange.Finishing;

namespace Homestretch.Cli.Finishing;

/// <summary>floor release verify: checks a firmware release without a network.</summary>
public static class FloorCommands
{
    private const int NotValid = 1;

    public static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "The release, as the hub gives it." };
        var key = new Option<string>("--key") { Description = "Public key of the hub, PEM, from /api/v1/firmware-key.", Required = true };
        var verify = new Command("verify", "Whether a firmware release is the hub's and unchanged, and what it is for. Needs no network. Exit code 1: it is not.") { file, key };
        verify.SetAction(r =>
        {
            TextWriter to = r.InvocationConfiguration.Output, error = r.InvocationConfiguration.Error;
            string pem = r.GetValue(key)!;
            using ECDsa? by = SignedDocument.Key(File.ReadAllText(pem));
            if (by is null)
            {
                error.WriteLine($"--key: {pem} holds no key on the curve P-256. Fetch it from the hub at /api/v1/firmware-key.");
                return Folder.BadInput;
            }
            var (release, wrong) = ReleaseFile.Verify(File.ReadAllBytes(r.GetValue(file)!), by);
            if (release is null)
            {
                error.WriteLine($"Not valid. {wrong}");
                return NotValid;
            }
            to.WriteLine($"Valid: serial {release["serial"]}, {release["family"]} for {release["market"]}, firmware {release["version"]}");
            to.WriteLine($"  image SHA-256 {release["sha256"]}");
            to.WriteLine($"  order {release["order_line"]}, {release["ordinal"]} of {release["quota"]}, given {release["released"]}{(release["number"] == "1" ? "" : $"; release {release["number"]} on this place: {release["reason"]}")}{(release["replaces"].Length > 0 ? $"; in place of {release["replaces"]}" : "")}");
            return 0;
        });
        return new Command("floor", "The floor of a hub.") { new Command("release", "Firmware releases.") { verify } };
    }
}
