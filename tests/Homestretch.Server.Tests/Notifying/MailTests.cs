using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Homestretch.Server.Tests.Running;
using MimeKit;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Homestretch.Server.Tests.Notifying;

/// <summary>Mails of a real server, given to a mail server that the test plays and written into a folder.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task The_digest_comes_by_SMTP_and_into_the_folder_at_the_time_a_person_chose_and_one_click_ends_it()
    {
        await using var smtp = new PlayedMailServer();
        string folder = RunningServer.FreshFolder(), mails = Path.Combine(folder, "mails");
        await using RunningServer server = await RunningServer.Demo(folder, "--smtp-url", $"smtp://127.0.0.1:{smtp.Port}", "--mail-folder", mails, "--mail-from", "hub@meridian.example.com", "--public-url", "https://hub.meridian.example.com", "--situations", "true");
        await server.LoadNow();
        using HttpClient paula = await server.SignedIn("paula");
        await paula.Wish(("digest", true), ("address", "paula@meridian.example.com"), ("digest_at", "06:30"), ("zone", "America/Los_Angeles"));
        JsonElement before = await RunningServer.Until(() => server.Get("/api/v1/notices"), static n => n.GetArrayLength() > 2);
        Assert.Empty(smtp.Mails);
        // the demonstration's clock goes past the next morning in California
        ZonedDateTime morning = (DemoFolder.NowAt + Duration.FromDays(1)).InZone(DateTimeZoneProviders.Tzdb["America/Los_Angeles"]).Date.At(new(6, 31)).InZoneLeniently(DateTimeZoneProviders.Tzdb["America/Los_Angeles"]);
        await server.Post("/api/v1/demo/clock", RunningServer.Json($$"""{"now": "{{InstantPattern.General.Format(morning.ToInstant())}}", "timesReal": 1}"""));
        string subject = "Subject: " + morning.Date.ToString("ddd d MMM", System.Globalization.CultureInfo.InvariantCulture);
        string raw = await RunningServer.Until(() => Task.FromResult(smtp.Mails.FirstOrDefault(m => m.Contains(subject, StringComparison.Ordinal)) ?? ""), static m => m.Length > 0);
        Assert.True(raw.Length > 0, server.Said);
        Assert.All(raw.Split("\r\n"), static line => Assert.InRange(line.Length, 0, 998)); // RFC 5322, 2.1.1
        Assert.All(raw, static c => Assert.InRange((int)c, 0, 126));
        using MimeMessage mail = MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(raw)), Storage.Store.Stop);
        Assert.Equal(("hub@meridian.example.com", "paula@meridian.example.com"), (mail.From.Mailboxes.Single().Address, mail.To.Mailboxes.Single().Address));
        Assert.EndsWith("@meridian.example.com", mail.MessageId, StringComparison.Ordinal);
        Assert.True(Math.Abs((mail.Date - DateTimeOffset.UtcNow).TotalMinutes) < 5);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        string leave = mail.Headers["List-Unsubscribe"]!.Trim('<', '>');
        Assert.StartsWith("https://hub.meridian.example.com/unsubscribe/", leave, StringComparison.Ordinal);
        Assert.Contains("at risk", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://hub.meridian.example.com/situations/SIT-", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://hub.meridian.example.com/situations/SIT-", mail.HtmlBody, StringComparison.Ordinal);
        foreach (JsonElement n in (await server.Get("/api/v1/notices")).EnumerateArray().Where(n => before.EnumerateArray().Any(b => b.GetProperty("title").GetString() == n.GetProperty("title").GetString())))
            Assert.Contains(n.GetProperty("title").GetString()!, mail.TextBody, StringComparison.Ordinal);
        // the same mail lies in the folder
        string file = await RunningServer.Until(() => Task.FromResult(Directory.Exists(mails) ? Directory.GetFiles(mails, "*.eml").FirstOrDefault() ?? "" : ""), static f => f.Length > 0);
        Assert.Equal(mail.MessageId, (await MimeMessage.LoadAsync(file, Storage.Store.Stop)).MessageId);

        // looking at the address ends nothing, one click does, for a mail program that nobody has signed in to
        string path = new Uri(leave).PathAndQuery;
        string token = server.Http.DefaultRequestHeaders.Authorization!.Parameter!;
        server.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync(path, Storage.Store.Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Post(path, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await server.Post("/unsubscribe/AAAA")).StatusCode);
        server.As(token);
        Assert.False(JsonElement.Parse(await paula.GetStringAsync("/api/v1/notify", Storage.Store.Stop)).GetProperty("choice").GetProperty("digest").GetBoolean());
    }
}

/// <summary>A mail server that takes every mail (RFC 5321) and keeps it.</summary>
internal sealed class PlayedMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _mails = [];
    private readonly Task _work;

    public PlayedMailServer()
    {
        _listener.Start();
        _work = Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Mails
    {
        get
        {
            lock (_mails) return [.. _mails];
        }
    }

    private async Task Listen()
    {
        try
        {
            while (true) await Serve(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            using var from = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var to = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
            await to.WriteLineAsync("220 played ESMTP");
            while (await from.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("EHLO", StringComparison.Ordinal)) await to.WriteLineAsync("250 played");
                else if (line == "DATA")
                {
                    await to.WriteLineAsync("354 go on");
                    var mail = new StringBuilder();
                    while (await from.ReadLineAsync() is { } text && text != ".") mail.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
                    lock (_mails) _mails.Add(mail.ToString());
                    await to.WriteLineAsync("250 taken");
                }
                else if (line == "QUIT")
                {
                    await to.WriteLineAsync("221 bye");
                    return;
                }
                else await to.WriteLineAsync("250 ok");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _work;
    }
}
