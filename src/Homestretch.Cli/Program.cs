using System.CommandLine;
var root = new RootCommand("homestretch");
root.Subcommands.Add(Homestretch.Cli.Demo.DemoCommands.Build());
return root.Parse(args).Invoke();
