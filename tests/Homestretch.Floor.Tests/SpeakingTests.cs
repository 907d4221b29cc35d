using System.Reflection;
using System.Text.RegularExpressions;
using Homestretch.Floor.Speaking;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NodaTime;

namespace Homestretch.Floor.Tests;

public sealed class SpeakingTests
{
    private static IEnumerable<(string Name, Text Text)> All => typeof(Say).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static f => (f.Name, (Text)f.GetValue(null)!)).Concat(Refusals.All.Select(static r => (r.Key, r.Value)));

    [Fact]
    public void Every_text_is_there_in_every_language_with_the_same_places_to_fill()
    {
        foreach (var (name, text) in All)
        {
            string[] said = [.. Enum.GetValues<Language>().Select(text.In)];
            Assert.All(said, s => Assert.False(string.IsNullOrWhiteSpace(s), name));
            Assert.All(said, s => Assert.True(Places(s) == Places(text.En), $"{name}: {s}"));
            Assert.DoesNotMatch("[A-Za-z]{4,}", Regex.Replace(text.Zh, @"\{\d\}|https|OK|iPhone|iPad", ""));
        }
    }

    [Fact]
    public void Every_text_is_used()
    {
        using ModuleDefinition app = ModuleDefinition.ReadModule(typeof(Say).Assembly.Location);
        HashSet<string> used = [.. app.GetTypes().Where(static t => t.Name != nameof(Say)).SelectMany(static t => t.Methods).Where(static m => m.HasBody).SelectMany(static m => m.Body.Instructions)
            .Where(static i => i.OpCode == OpCodes.Ldsfld && ((FieldReference)i.Operand).DeclaringType.Name == nameof(Say)).Select(static i => ((FieldReference)i.Operand).Name)];
        Assert.Equal("", string.Join(", ", typeof(Say).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static f => f.Name).Except(used)));
    }

    [Fact]
    public void Every_rule_by_which_the_hub_refuses_is_told_in_every_language()
    {
        using ModuleDefinition core = ModuleDefinition.ReadModule(typeof(Homestretch.Finishing.Floor.FloorBoard).Assembly.Location);
        string[] rules = [.. core.GetTypes().Where(static t => t.FullName.StartsWith("Homestretch.Finishing.Floor.", StringComparison.Ordinal)).SelectMany(static t => t.Methods).Where(static m => m.HasBody)
            .SelectMany(static m => m.Body.Instructions).Where(static i => i.OpCode == OpCodes.Ldstr).Select(static i => (string)i.Operand).Where(static s => Regex.IsMatch(s, "^[a-z]+(-[a-z]+)+$")).Distinct()];
        Assert.True(rules.Length > 40, string.Join(" ", rules));
        Assert.Equal("", string.Join(", ", rules.Where(static r => Refusals.Of(r) is null)));
    }

    [Fact]
    public void Buttons_that_stand_together_are_told_apart_by_their_words()
    {
        Text[][] together =
        [
            [Say.Back, Say.Queue, Say.SignOut, Say.Automatic, Say.Light, Say.Dark, Say.SoundOn, Say.SoundOff, Say.CardOn, Say.CardOff, Say.LeaveDevice],
            [Say.Settings, Say.Queue, Say.GoOn, Say.Receive, Say.Store, Say.Kit, Say.Build], [Say.Back, Say.Queue, Say.SendNow, Say.Seen, Say.SendAgain, Say.LeaveOut, Say.LeaveOutYes, Say.Cancel], [Say.Back, Say.Queue, Say.Move, Say.Count, Say.Hold, Say.Release, Say.Scrap], [Say.Back, Say.Queue, Say.Camera, Say.Type, Say.Skip, Say.PutBack, Say.Fewer, Say.More, Say.Understood],
            [Say.Back, Say.Queue, Say.Camera, Say.Type, Say.Done, Say.Complete, Say.Pause, Say.Help, Say.PrintLabel, Say.GetRelease, Say.ReleaseFile, Say.TakeOut, Say.GiveUp, Say.RecordFailed], [Say.Back, Say.Queue, Say.DutyPaid, Say.Bonded, Say.InwardProcessing, Say.CustomsHold, Say.CustomsUnknown, Say.CloseShort, Say.LotWord, Say.QuantityWord, Say.CustomsWord, Say.DocumentWord, Say.ToWord, Say.Camera, Say.Type], [Say.Back, Say.Queue, Say.Confirm, Say.PrintLabel, Say.Cancel, Say.CloseShort, Say.Fewer, Say.More, Say.Enter, Say.OtherReason],
        ];
        foreach (Language language in Enum.GetValues<Language>())
            foreach (Text[] screen in together)
                Assert.Equal(screen.Length, screen.Select(t => t.In(language).ToUpperInvariant()).Distinct().Count());
    }

    [Theory]
    [InlineData(Language.English, "12,345.5", "29 Nov 14:05")]
    [InlineData(Language.Spanish, "12\u202f345,5", "29 nov 14:05")]
    [InlineData(Language.German, "12.345,5", "29. Nov. 14:05")]
    [InlineData(Language.French, "12\u202f345,5", "29 nov. 14:05")]
    [InlineData(Language.Vietnamese, "12.345,5", "29/11 14:05")]
    [InlineData(Language.Chinese, "12,345.5", "11月29日 14:05")]
    public void Numbers_and_days_are_those_of_the_language(Language language, string number, string moment)
    {
        var speak = new Tongue(language, 60);
        Assert.Equal(number, speak.Number(12345.5m));
        Assert.Equal(moment, speak.Moment(Instant.FromUtc(2026, 11, 29, 13, 5)));
        Assert.Equal(0.25m, Tongue.Number(speak.Number(0.25m)));
    }

    [Theory]
    [InlineData("de-AT,en", Language.German)]
    [InlineData("zh-CN", Language.Chinese)]
    [InlineData("pl,vi", Language.Vietnamese)]
    [InlineData("pl", Language.English)]
    public void The_first_language_of_the_browser_that_is_spoken_is_taken(string wanted, Language language) => Assert.Equal(language, Tongue.Of(wanted.Split(',')));

    private static string Places(string text) => string.Concat(Regex.Matches(text, @"\{\d\}").Select(static m => m.Value).Order());
}
