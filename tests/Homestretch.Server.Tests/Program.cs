using Homestretch.Server.Tests.Storage;

// The tests run unless the first argument asks for one of this program's other lives.
return args switch
{
    ["append-until-killed", .. var rest] => await AppendUntilKilled.Run(rest),
    ["release-journal", .. var rest] => await ReleaseJournal.Run(rest),
    ["journal-bench", .. var rest] => await JournalBench.Run(rest),
    ["archive-bench", .. var rest] => await Homestretch.Server.Tests.Archiving.ArchiveBench.Run(rest),
    ["start-bench", .. var rest] => await Homestretch.Server.Tests.Live.StartBench.Run(rest),
    _ when args.Any(static a => a is "--server" or "--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Homestretch.Server.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
