using System.Text.Json;
using Homestretch.Exchange.Messages;
using NodaTime;
using Xunit;

namespace Homestretch.Exchange.Tests.Messages;

public sealed class StandardWebhookTests
{
    /// <summary>The example in the Standard Webhooks libraries' own tests.</summary>
    [Fact]
    public void Signs_the_example_that_other_libraries_check() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        StandardWebhook.Signature(StandardWebhook.Bytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8));

    [Fact]
    public void A_secret_is_read_as_it_was_written_and_nothing_else_is_one()
    {
        byte[] bytes = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
        Assert.Equal(bytes, StandardWebhook.Bytes(StandardWebhook.Secret(bytes)));
        Assert.Null(StandardWebhook.Bytes("whsec_"));
        Assert.Null(StandardWebhook.Bytes("whsec_AAAA"));
        Assert.Null(StandardWebhook.Bytes(Convert.ToBase64String(bytes)));
        Assert.Null(StandardWebhook.Bytes("whsec_" + Convert.ToBase64String(new byte[70])));
        Assert.Null(StandardWebhook.Bytes("whsec_not base64, by any means!!"));
    }

    [Fact]
    public void A_CloudEvent_has_the_attributes_that_version_1_0_asks_for_beside_its_data()
    {
        JsonElement e = JsonElement.Parse(new CloudEvent("a1", "https://hub.example.com/api/v1/notices", "org.homestretch.situation.opened", "promise:lot:1", Instant.FromUtc(2026, 11, 27, 8, 0)).ToBytes(static json => json.WriteString("text", "A 'kit' waits: 38 > 3 é")));
        Assert.Equal(["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"], e.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(("1.0", "2026-11-27T08:00:00Z", "A 'kit' waits: 38 > 3 é"), (e.GetProperty("specversion").GetString(), e.GetProperty("time").GetString(), e.GetProperty("data").GetProperty("text").GetString()));
    }
}
