using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Homestretch.Disk;
using Homestretch.Exchange.Messages;
using Homestretch.Web.Window;
using MailKit.Net.Smtp;
using MimeKit;
using NodaTime;

namespace Homestretch.Server.Notifying;

/// <summary>What came of one try to send a message.</summary>
/// <param name="Gone">The receiver wants nothing any more.</param>
/// <param name="Retry">How long the receiver asked to be left alone.</param>
internal sealed record Tried(bool Arrived, bool Gone, Duration? Retry, string Said);

/// <summary>The three roads on which messages leave. Each may fail; the outbox tries again.</summary>
internal sealed class Roads(Outside outside, PushKey key, WebhookSecrets secrets, ServerOptions options)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Posts a push message to a browser's push service, encrypted for that browser (RFC 8030, 8291, 8292).</summary>
    /// <param name="lives">How long after it was made it is worth showing.</param>
    public async Task<Tried> Push(Posted message, PushSubscription subscription, Duration lives, Instant now, CancellationToken cancel)
    {
        using ECDiffieHellman? browser = PushMessage.FromBase64Url(subscription.P256dh) is { } point ? PushMessage.Key(point) : null;
        if (browser is null || PushMessage.FromBase64Url(subscription.Auth) is not { Length: 16 } auth) return new(false, true, null, "The browser's key is none.");
        using var once = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var to = new Uri(subscription.Endpoint);
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(PushMessage.Encrypt(message.Body, browser, auth, once, RandomNumberGenerator.GetBytes(16))) };
        request.Content.Headers.ContentType = new("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", key.Authorization(to, $"mailto:{options.Reach.MailFrom}", now));
        request.Headers.Add("TTL", ((long)(lives - (now - message.Made)).TotalSeconds).ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", message.Type == PushPayload.Urgent ? "high" : "normal");
        // what the push service still holds of the same notice is replaced by this
        if (message.Subject.Length > 0) request.Headers.Add("Topic", PushMessage.Base64Url(SHA256.HashData(Encoding.UTF8.GetBytes(message.Subject)).AsSpan(0, 24)));
        return await Post(request, HttpStatusCode.NotFound, cancel);
    }

    /// <summary>Posts an event to a webhook, signed.</summary>
    public async Task<Tried> Webhook(Posted message, Webhook webhook, Instant now, CancellationToken cancel)
    {
        if (secrets.Open(webhook.Secret) is not { } secret) return new(false, false, null, "The secret was sealed with keys that this server does not have. Make a new one.");
        long seconds = now.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(CloudEvent.MediaType) { CharSet = "utf-8" };
        request.Headers.Add(StandardWebhook.IdHeader, message.Id);
        request.Headers.Add(StandardWebhook.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(StandardWebhook.SignatureHeader, StandardWebhook.Signature(secret, message.Id, seconds, message.Body));
        return await Post(request, HttpStatusCode.Gone, cancel);
    }

    /// <summary>Writes a mail into the mail folder, where one is, and gives it to the mail server, where one is.</summary>
    public async Task<Tried> Mail(Posted message, CancellationToken cancel)
    {
        if (options.Reach is { MailFolder: null, Smtp: null }) return new(false, true, null, "This server sends no mail.");
        try
        {
            if (options.Reach.MailFolder is { } folder)
            {
                Directory.CreateDirectory(folder);
                string file = Path.Combine(folder, $"{message.Id}.eml");
                await File.WriteAllBytesAsync(file + ".part", message.Body, cancel);
                Durable.Publish(file + ".part", file);
            }
            if (options.Reach.Smtp is { } smtp) await Give(smtp, message.Body, cancel);
            return new(true, false, null, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException or MailKit.ProtocolException or MailKit.CommandException or MailKit.Security.AuthenticationException or TimeoutException)
        {
            bool never = e is SmtpCommandException { StatusCode: >= SmtpStatusCode.CommandUnrecognized and var code } && code != SmtpStatusCode.ServiceNotAvailable;
            return new(false, never, null, e.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task Give(Uri smtp, byte[] bytes, CancellationToken cancel)
    {
        using var client = new SmtpClient { Timeout = (int)s_patience.TotalMilliseconds };
        using MimeMessage mail = MimeMessage.Load(new MemoryStream(bytes), cancel);
        bool tls = smtp.Scheme == "smtps";
        await client.ConnectAsync(smtp.Host, smtp.IsDefaultPort ? tls ? 465 : 587 : smtp.Port, tls ? MailKit.Security.SecureSocketOptions.SslOnConnect : smtp.IsLoopback ? MailKit.Security.SecureSocketOptions.StartTlsWhenAvailable : MailKit.Security.SecureSocketOptions.StartTls, cancel);
        if (smtp.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password]) await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), cancel);
        await client.SendAsync(mail, cancel);
        await client.DisconnectAsync(true, cancel);
    }

    /// <param name="gone">Says, as 410 does, that the receiver wants nothing any more.</param>
    private async Task<Tried> Post(HttpRequestMessage request, HttpStatusCode gone, CancellationToken cancel)
    {
        try
        {
            var (status, retry, said) = await outside.Post(request, cancel);
            string line = $"{(int)status} {said.ReplaceLineEndings(" ")}".TrimEnd();
            return new((int)status is >= 200 and < 300, status == HttpStatusCode.Gone || status == gone, retry is { } r ? Duration.FromTimeSpan(r) : null, line);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new(false, false, null, e is OperationCanceledException ? "No answer within 20 seconds." : (e.InnerException is HttpRequestException inner ? inner : e).Message.ReplaceLineEndings(" "));
        }
    }
}
