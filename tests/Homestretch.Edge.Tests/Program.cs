
// The tests run unless the first argument asks for this program's other life.
return args switch
{
    _ when args.Any(static a => a is "--server" or "--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Homestretch.Edge.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
