using System.Text.Json;
using Homestretch.Finishing.Floor;
using Homestretch.Floor.Queueing;
using Homestretch.Floor.Syncing;
using Homestretch.World;
using NodaTime;

namespace Homestretch.Floor.Tests;

public sealed class SyncingTests
{
    private static readonly Instant s_noon = Boards.Noon;

    [Fact]
    public void The_servers_clock_is_known_to_half_the_way_and_the_quicker_answer_counts()
    {
        ServerClock slow = ServerClock.Unknown.Heard(s_noon, s_noon + Duration.FromSeconds(8), s_noon + Duration.FromSeconds(64));
        Assert.Equal(60.5, slow.Ahead!.Value.TotalSeconds);
        ServerClock quick = slow.Heard(s_noon, s_noon + Duration.FromSeconds(1), s_noon + Duration.FromSeconds(61));
        Assert.Equal((61, 1), (quick.Ahead!.Value.TotalSeconds, quick.Within.TotalSeconds));
        Assert.Equal(quick, quick.Heard(s_noon, s_noon + Duration.FromSeconds(8), s_noon + Duration.FromSeconds(64)));
    }

    [Fact]
    public void A_device_whose_clock_was_set_believes_the_server_again()
    {
        ServerClock before = ServerClock.Unknown.Heard(s_noon, s_noon + Duration.FromSeconds(1), s_noon);
        ServerClock after = before.Heard(s_noon, s_noon + Duration.FromSeconds(4), s_noon + Duration.FromHours(1));
        Assert.True(after.OrZero > Duration.FromMinutes(59));
    }

    [Fact]
    public void A_badge_is_a_pseudonym_that_only_this_device_makes()
    {
        string salt = string.Concat(Enumerable.Repeat("0a", 32)), other = string.Concat(Enumerable.Repeat("0b", 32));
        Assert.Matches("^op-[0-9a-f]{10}$", Badge.Pseudonym("4711", salt));
        Assert.Equal(Badge.Pseudonym("kim", salt), Badge.Pseudonym(" KIM ", salt));
        Assert.NotEqual(Badge.Pseudonym("4711", salt), Badge.Pseudonym("4711", other));
        Assert.DoesNotContain("4711", Badge.Pseudonym("4711", salt), StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_are_written_as_the_hub_reads_them()
    {
        Entry entry = Boards.Of(17, new Operation(FloorAct.TakeOut, "op-1", s_noon, "BAT-625", "B", "L-1", 1, "3", Unit: "C1-1", PartSerial: "S", Reason: "Defective"));
        string json = JsonSerializer.Serialize([Told.Of(entry)], FloorJson.Default.ToldArray);
        Assert.Equal("""[{"number":17,"act":"take-out","operator":"op-1","happened":"2026-11-25T12:00:00Z","item":"BAT-625","revision":"B","lot_number":"L-1","quantity":1,"from":"3","to":"","build":"","unit":"C1-1","step":"","part_serial":"S","values":"","reason":"Defective"}]""", json);
        ToldAnswer answer = JsonSerializer.Deserialize("""[{"number":17,"answer":"refused","rule":"no-reason","said":"Why?","change":0,"heard":"2026-11-25T12:00:01.5Z"}]""", FloorJson.Default.ToldAnswerArray)![0];
        Assert.Equal((FloorAnswer.Refused, s_noon + Duration.FromMilliseconds(1500)), (answer.Answer, answer.Heard));
    }

    [Fact]
    public async Task What_a_hub_refuses_whole_is_told_with_the_operation_that_it_names()
    {
        using var http = new HttpClient(new Answering(422, """{"title":"Refused; nothing was changed","detail":"operations:2 (reason): reason of operation 2 cannot be taken.","findings":[{"place":{"source":"operations","line":2,"column":"reason"},"rule":"operation","what":"reason of operation 2 cannot be taken.","cure":"Keep texts below 500 characters."},{"place":{"source":"builds","line":0,"column":""},"rule":"x","what":"y","cure":"z"}]}""")) { BaseAddress = new("http://hub/") };
        Reply<ToldAnswer[]> reply = await new Hub(http, NodaTime.SystemClock.Instance).Tell("t", []);
        Assert.Equal((Reached.Refused, true), (reply.Reached, reply.Content));
        Assert.Equal([(2, "reason of operation 2 cannot be taken. Keep texts below 500 characters.")], reply.Named!);
        using var broken = new HttpClient(new Answering(500, "<html>")) { BaseAddress = new("http://hub/") };
        reply = await new Hub(broken, NodaTime.SystemClock.Instance).Tell("t", []);
        Assert.Equal((Reached.Refused, false, "HTTP 500"), (reply.Reached, reply.Content, reply.Said));
    }

    private sealed class Answering(int status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent(body, System.Text.Encoding.UTF8, status == 500 ? "text/html" : "application/problem+json") });
    }

    [Fact]
    public void Boards_and_entries_come_back_as_they_were_kept()
    {
        string board = JsonSerializer.Serialize(Boards.Small, FloorJson.Default.FloorBoard);
        Assert.Equal(board, JsonSerializer.Serialize(JsonSerializer.Deserialize(board, FloorJson.Default.FloorBoard)!, FloorJson.Default.FloorBoard));
        Assert.Contains("\"in-work\"", board, StringComparison.Ordinal);
        Entry entry = Boards.Of(3, Boards.Pick("TYR-1", "L-TYR-1", "A-27", 2), EntryState.Accepted, s_noon);
        Assert.Equal(entry, JsonSerializer.Deserialize(JsonSerializer.Serialize(entry, FloorJson.Default.Entry), FloorJson.Default.Entry));
    }

    [Fact]
    public void A_code_is_found_in_the_link_of_the_QR()
    {
        Assert.Equal("a1b2", Shift.Code("https://hub.example/floor/#enrol=a1b2"));
        Assert.Equal("a1b2", Shift.Code("#enrol=a1b2"));
        Assert.Null(Shift.Code("BAT-625"));
    }

    [Fact]
    public void Every_choice_on_the_board_is_a_word_as_the_hub_writes_it()
    {
        var seen = new HashSet<Type>();
        void Look(Type type)
        {
            if (!seen.Add(type)) return;
            foreach (Type part in type.GetProperties().Select(static p => Nullable.GetUnderlyingType(p.PropertyType) ?? (p.PropertyType.IsGenericType ? p.PropertyType.GetGenericArguments()[0] : p.PropertyType)).Where(static t => t.Namespace!.StartsWith("Homestretch", StringComparison.Ordinal))) Look(part);
        }
        Look(typeof(FloorBoard));
        Type[] choices = [.. seen.Where(static t => t.IsEnum)];
        Assert.True(choices.Length >= 5);
        Assert.All(choices, static t => Assert.StartsWith("\"", JsonSerializer.Serialize(Enum.GetValues(t).GetValue(0), FloorJson.Default.GetTypeInfo(t)!), StringComparison.Ordinal));
    }
}
