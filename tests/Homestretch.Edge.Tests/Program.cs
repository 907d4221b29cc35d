
// The tests run unless the first argument asks for one of this program's other lives.
return args switch
{
    ["fault-rig", .. var rest] => await Homestretch.Edge.Tests.Faults.FaultRig.Run(rest),
    ["load", .. var rest] => await Homestretch.Edge.Tests.Faults.LoadRig.Run(rest),
    _ when args.Any(static a => a is "--server" or "--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Homestretch.Edge.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
