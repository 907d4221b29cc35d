using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homestretch.Server.Storage;
using Homestretch.Server.Tests.Running;
using Homestretch.World;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Xunit;

namespace Homestretch.Server.Tests.Access;

/// <summary>The broker inside a real start, spoken to over real sockets, plain on loopback and over TLS.</summary>
public sealed class BrokerRuleTests(OneServer one) : IClassFixture<OneServer>
{
    private const string Refusals = "homestretch_mqtt_messages_refused_total";
    private static readonly int s_tlsPort = Ports.Free();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<RunningServer> Broker() => one.Server(static () =>
    {
        string folder = RunningServer.FreshFolder();
        return RealStart.Begin(folder, [.. RealStart.Certificate(folder), "--urls", "http://127.0.0.1:0", "--mqtt-tls-port", $"{s_tlsPort}"]);
    });

    [Fact]
    public async Task A_gateway_says_and_hears_its_own_only()
    {
        await using RunningServer server = await Broker();
        var (user, password, _) = await Credential(server, "SONGBE");
        using IMqttClient gateway = await Connect(server.MqttPort, "songbe-gateway", user, password);
        double before = await server.Metric(Refusals);

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await Publish(gateway, "spBv1.0/MIHO/DDATA/edge-1/B1")).ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await Publish(gateway, "spBv1.0/SONGBE/NCMD/edge-1")).ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await Publish(gateway, "spBv1.0/STATE/homestretch")).ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await Publish(gateway, "spBv1.0/SONGBE/NDATA/edge-1")).ReasonCode);
        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, await Subscribe(gateway, "spBv1.0/#"));
        Assert.Equal(MqttClientSubscribeResultCode.NotAuthorized, await Subscribe(gateway, "spBv1.0/MIHO/NCMD/edge-1"));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await Subscribe(gateway, "spBv1.0/SONGBE/NCMD/edge-1"));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await Subscribe(gateway, "spBv1.0/STATE/homestretch"));
        Assert.Equal(3, await RunningServer.Until(() => server.Metric(Refusals), n => n == before + 3) - before); // what was scraped is told again for a moment
    }

    [Fact]
    public async Task Its_data_arrive_and_a_last_will_in_anothers_name_does_not()
    {
        await using RunningServer server = await Broker();
        var (user, password, _) = await Credential(server, "SONGBE");
        await using (var plant = new Ingest.Plant())
        {
            await plant.Connect(server.MqttPort, user, password);
            plant.Devices[0].Is(MachineState.Running);
            await plant.Bear();
            await Until(async () => (await server.Get("/api/v1/machines/M1")).GetProperty("row").GetProperty("state").GetString() != "no-data");
        }
        double before = await server.Metric(Refusals);
        await LeaveAWill(server.MqttPort, "spBv1.0/MIHO/NDEATH/edge-1", user, password);
        await Until(async () => await server.Metric(Refusals) == before + 1);
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_credential_or_as_somebody_else()
    {
        await using RunningServer server = await Broker();
        var (songbe, first, _) = await Credential(server, "SONGBE");
        var (miho, second, _) = await Credential(server, "MIHO");
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await Refused(server.MqttPort, "x", null, null));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await Refused(server.MqttPort, "x", songbe, second));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await Refused(server.MqttPort, "x", "ada", await RealStart.TokenOf(server, "ada")));
        using IMqttClient gateway = await Connect(server.MqttPort, "one", songbe, first);
        Assert.Equal(MqttClientConnectResultCode.ClientIdentifierNotValid, await Refused(server.MqttPort, "one", miho, second));
        Assert.Equal(MqttClientConnectResultCode.ClientIdentifierNotValid, await Refused(server.MqttPort, "homestretch", miho, second));
        Assert.True(gateway.IsConnected);
        Assert.Equal(HttpStatusCode.Unauthorized, await RealStart.StatusOf(server, HttpMethod.Get, "/api/v1/me", first));
    }

    [Fact]
    public async Task An_ended_credential_closes_its_connection_and_lets_nobody_in_again()
    {
        await using RunningServer server = await Broker();
        var (user, password, id) = await Credential(server, "SONGBE");
        using IMqttClient gateway = await Connect(server.MqttPort, "songbe-gateway", user, password);
        using HttpResponseMessage ended = await server.Http.DeleteAsync($"/api/v1/gateways/{id}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        await Until(() => Task.FromResult(!gateway.IsConnected));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await Refused(server.MqttPort, "songbe-gateway", user, password));
    }

    [Theory]
    [InlineData("#")]
    [InlineData("+/#")]
    [InlineData("+")]
    [InlineData("$SYS/#")]
    [InlineData("$share/all/#")]
    [InlineData("$share/all/spBv1.0/MIHO/#")]
    [InlineData("$share/all/spBv1.0/SONGBE/NCMD/edge-1")]
    [InlineData("spBv1.0/+/NCMD/edge-1")]
    [InlineData("spBv1.0/SONGBE/NCMD/+")]
    [InlineData("spBv1.0/STATE/#")]
    public async Task No_filter_hears_more_than_its_own(string filter)
    {
        await using RunningServer server = await Broker();
        var (user, password, _) = await Credential(server, "SONGBE");
        using IMqttClient gateway = await Connect(server.MqttPort, "songbe-gateway", user, password);
        int heard = 0;
        gateway.ApplicationMessageReceivedAsync += _ => Task.FromResult(Interlocked.Increment(ref heard));
        Assert.InRange((int)await Subscribe(gateway, filter), 0x80, 0xff); // refused, for whatever reason
        var (other, secret, _) = await Credential(server, "MIHO");
        using IMqttClient miho = await Connect(server.MqttPort, "miho-gateway", other, secret);
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await Publish(miho, "spBv1.0/MIHO/NDATA/edge-1")).ReasonCode);
        Assert.Equal(0, heard);
    }

    [Fact]
    public async Task What_is_kept_for_later_listeners_is_the_hosts_word()
    {
        await using RunningServer server = await Broker();
        var (user, password, _) = await Credential(server, "SONGBE");
        using IMqttClient gateway = await Connect(server.MqttPort, "songbe-gateway", user, password);
        foreach (string topic in new[] { "spBv1.0/STATE/homestretch", "spBv1.0/MIHO/NBIRTH/edge-1", "spBv1.0/SONGBE/NCMD/edge-1", "anything" })
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await gateway.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload("{\"online\":false,\"timestamp\":1}").WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), Stop)).ReasonCode);
        string? state = null;
        gateway.ApplicationMessageReceivedAsync += e =>
        {
            state = e.ApplicationMessage.ConvertPayloadToString();
            return Task.CompletedTask;
        };
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await Subscribe(gateway, "spBv1.0/STATE/homestretch"));
        await Until(() => Task.FromResult(state is not null));
        Assert.Contains("true", state, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_that_runs_out_closes_its_connection()
    {
        await using RunningServer server = await Broker();
        var (user, password, _) = await Credential(server, "SONGBE");
        var (other, secret, _) = await Credential(server, "MIHO");
        using IMqttClient gateway = await Connect(server.MqttPort, "songbe-gateway", user, password), staying = await Connect(server.MqttPort, "miho-gateway", other, secret);
        await using (var database = new Database(new StorageOptions(Provider.Sqlite, Path.Combine(server.Folder, "homestretch.db"))))
        await using (DbConnection connection = await database.Connect(Stop))
            await Database.Execute(connection, "UPDATE tokens SET expires = @soon WHERE account = @user", Stop, null, ("soon", DateTimeOffset.UtcNow.AddSeconds(2).Ticks - DateTime.UnixEpoch.Ticks), ("user", user));
        await Until(() => Task.FromResult(!gateway.IsConnected));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await Refused(server.MqttPort, "songbe-gateway", user, password));
        Assert.True(staying.IsConnected);
    }

    [Fact]
    public async Task A_gateway_that_comes_back_all_the_time_is_out_for_good_once_its_credential_is_ended()
    {
        await using RunningServer server = await Broker();
        var (user, password, id) = await Credential(server, "SONGBE");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<IMqttClient[]> racing = Task.Run(async () =>
        {
            var came = new List<IMqttClient>();
            for (int i = 0; !over.IsCancellationRequested; i++)
            {
                IMqttClient client = new MqttClientFactory().CreateMqttClient();
                came.Add(client);
                if ((await client.ConnectAsync(Options(server.MqttPort, $"racer-{i % 4}", user, password, null), Stop)).ResultCode != MqttClientConnectResultCode.Success) break;
            }
            return came.ToArray();
        }, Stop);
        await Task.Delay(300, Stop);
        using HttpResponseMessage ended = await server.Http.DeleteAsync($"/api/v1/gateways/{id}", Stop);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        IMqttClient[] all = await racing;
        await over.CancelAsync();
        await Until(() => Task.FromResult(all.All(static c => !c.IsConnected)));
        foreach (IMqttClient client in all) client.Dispose();
    }

    [Fact]
    public async Task Two_gateways_that_fight_for_one_client_id_never_speak_for_each_other()
    {
        await using RunningServer server = await Broker();
        var (songbe, first, _) = await Credential(server, "SONGBE");
        var (miho, second, _) = await Credential(server, "MIHO");
        int spoken = 0;
        async Task Fight(string user, string secret, string foreign)
        {
            for (int i = 0; i < 40; i++)
            {
                using IMqttClient client = new MqttClientFactory().CreateMqttClient();
                try
                {
                    if ((await client.ConnectAsync(Options(server.MqttPort, "the-same", user, secret, static o => o.WithCleanStart(false)), Stop)).ResultCode != MqttClientConnectResultCode.Success) continue;
                    Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await Publish(client, foreign)).ReasonCode);
                    Interlocked.Increment(ref spoken);
                    await client.DisconnectAsync(cancellationToken: Stop);
                }
                catch (Exception e) when (e is MQTTnet.Exceptions.MqttClientDisconnectedException or MQTTnet.Exceptions.MqttCommunicationException)
                {
                    // one that comes back before its last connection is cleared away may be thrown out with that
                }
            }
        }
        await Task.WhenAll(Fight(songbe, first, "spBv1.0/MIHO/NDATA/edge-1"), Fight(miho, second, "spBv1.0/SONGBE/NDATA/edge-1"));
        Assert.NotEqual(0, spoken);
    }

    [Fact]
    public async Task Over_TLS_the_same_holds()
    {
        await using RunningServer server = await Broker();
        var (user, password, _) = await Credential(server, "SONGBE");
        static void Tls(MqttClientOptionsBuilder o) => o.WithTlsOptions(static tls => tls.UseTls().WithCertificateValidationHandler(static c => c.Certificate?.Subject == "CN=localhost"));
        using IMqttClient gateway = await Connect(s_tlsPort, "songbe-gateway", user, password, Tls);
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await Publish(gateway, "spBv1.0/MIHO/DDATA/edge-1/B1")).ReasonCode);
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, (await Publish(gateway, "spBv1.0/SONGBE/NDATA/edge-1")).ReasonCode);
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await Refused(s_tlsPort, "x", null, null, Tls));
    }

    /// <summary>A CONNECT with a will, by hand, and the line cut: no client library leaves without a goodbye.</summary>
    private static async Task LeaveAWill(int port, string topic, string user, string password)
    {
        static byte[] Text(string text) => [0, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
        byte[] body = [.. Text("MQTT"), 4, 0xC6, 0, 60, .. Text("liar"), .. Text(topic), .. Text("x"), .. Text(user), .. Text(password)];
        Assert.InRange(body.Length, 0, 127);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, Stop);
        await socket.GetStream().WriteAsync((byte[])[0x10, (byte)body.Length, .. body], Stop);
        byte[] answer = new byte[4];
        await socket.GetStream().ReadExactlyAsync(answer, Stop);
        Assert.Equal([0x20, 2, 0, 0], answer);
    }

    private static async Task<(string User, string Password, string Id)> Credential(RunningServer server, string party)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/api/v1/gateways", new { party, node = "edge-1", label = "test", days = 1 }, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        JsonElement made = await RealStart.JsonOf(answer);
        return (made.GetProperty("user").GetString()!, made.GetProperty("password").GetString()!, made.GetProperty("id").GetString()!);
    }

    private static MqttClientOptions Options(int port, string id, string? user, string? password, Action<MqttClientOptionsBuilder>? more)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(id).WithProtocolVersion(MqttProtocolVersion.V500).WithTimeout(TimeSpan.FromSeconds(20));
        if (user is not null) options.WithCredentials(user, password);
        more?.Invoke(options);
        return options.Build();
    }

    private static async Task<IMqttClient> Connect(int port, string id, string? user, string? password, Action<MqttClientOptionsBuilder>? more = null)
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        Assert.Equal(MqttClientConnectResultCode.Success, (await client.ConnectAsync(Options(port, id, user, password, more), Stop)).ResultCode);
        return client;
    }

    private static async Task<MqttClientConnectResultCode> Refused(int port, string id, string? user, string? password, Action<MqttClientOptionsBuilder>? more = null)
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        return (await client.ConnectAsync(Options(port, id, user, password, more), Stop)).ResultCode;
    }

    private static Task<MqttClientPublishResult> Publish(IMqttClient client, string topic) =>
        client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload([1]).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), Stop);

    private static async Task<MqttClientSubscribeResultCode> Subscribe(IMqttClient client, string filter) =>
        (await client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, Stop)).Items.Single().ResultCode;

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (int i = 0; !await holds(); i++)
        {
            Assert.True(i < 600, "It did not come about within a minute.");
            await Task.Delay(100, Stop);
        }
    }
}
