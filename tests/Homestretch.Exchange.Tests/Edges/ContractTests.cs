using System.Security.Cryptography;
using System.Text;
using Homestretch.Exchange.Edges;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Edges;

public sealed class ContractTests
{
    private static readonly DataContract s_contract = new("SONGBE", "MERIDIAN", "ready dates", Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0),
        [new("M1", "State"), new("*", "Vibration", 10, 0.1, 3600), new("M1", "Vibration", 60)]);

    [Fact]
    public void A_contract_reads_back_as_it_was_written()
    {
        var findings = new List<Finding>();
        DataContract read = DataContract.Read(s_contract.ToBytes(), "contract", findings)!;
        Assert.Empty(findings);
        Assert.Equal(s_contract with { Fields = [] }, read with { Fields = [] });
        Assert.Equal(s_contract.Fields, read.Fields);
    }

    [Fact]
    public void A_machines_own_field_goes_before_that_of_every_machine_and_what_is_not_listed_is_not_allowed()
    {
        Assert.Equal(60, s_contract.Allows("M1", "Vibration")!.EverySeconds);
        Assert.Equal(10, s_contract.Allows("M2", "Vibration")!.EverySeconds);
        Assert.Null(s_contract.Allows("M2", "State"));
        Assert.Null(s_contract.Allows("M1", "Current"));
        Assert.True(s_contract.IsInForce(s_contract.From));
        Assert.False(s_contract.IsInForce(s_contract.To!.Value));
    }

    [Fact]
    public void Everything_wrong_with_a_contract_is_said_at_once()
    {
        var findings = new List<Finding>();
        Assert.Null(DataContract.Read(Encoding.UTF8.GetBytes("""{"supplier":"","receiver":"X","from":"tomorrow","colour":"red","fields":[{"machine":"M1","metric":"A","step":-1},{"machine":"M1","metric":"A"}]}"""), "contract", findings));
        Assert.Equal(["missing", "not-a-moment", "not-a-text", "out-of-range", "twice", "unknown-member"], findings.Select(static f => f.Rule).Order());
        Assert.Equal("fields[1].metric", findings.Single(static f => f.Rule == "twice").Place.Column);
    }

    [Fact]
    public void A_signature_holds_for_these_bytes_this_edge_this_kind_and_this_version_only()
    {
        using ECDsa hub = ECDsa.Create(ECCurve.NamedCurves.nistP256), supplier = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SignedDocument signed = new SignedDocument(DocumentKind.Contract, "SONGBE/edge-1", 3, s_contract.ToBytes(), []).Signed(Signer.Hub, hub).Signed(Signer.Supplier, supplier);
        var findings = new List<Finding>();
        SignedDocument read = SignedDocument.Read(signed.ToBytes(), "document", findings)!;
        Assert.Empty(findings);
        Assert.True(read.IsSigned(Signer.Hub, hub) && read.IsSigned(Signer.Supplier, supplier));
        Assert.False(read.IsSigned(Signer.Supplier, hub));
        foreach (SignedDocument other in (SignedDocument[])[read with { Version = 4 }, read with { Edge = "SONGBE/edge-2" }, read with { Kind = DocumentKind.Model }, read with { Payload = [.. read.Payload, 32] }])
            Assert.False(other.IsSigned(Signer.Hub, hub));
        byte[] bytes = signed.ToBytes();
        for (int i = 0; i < bytes.Length; i += 7)
        {
            byte[] wrong = [.. bytes];
            wrong[i] ^= 4;
            Assert.True(SignedDocument.Read(wrong, "document", []) is not { } bad || !bad.IsSigned(Signer.Hub, hub) || !bad.IsSigned(Signer.Supplier, supplier) || bad.Payload.AsSpan().SequenceEqual(signed.Payload));
        }
    }
}
