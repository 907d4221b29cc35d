using System.CommandLine;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Neutral;
using Homestretch.Cli.Planning;
using Homestretch.Cli.Simulating;

var root = new RootCommand("Homestretch: last-mile manufacturing, from the supplier's machine to the customer's date.");
root.Subcommands.Add(DemoCommands.Build());
root.Subcommands.Add(NeutralCommands.Build());
root.Subcommands.Add(SimulateCommands.Build());
foreach (Command command in PlanCommands.Build()) root.Subcommands.Add(command);
return root.Parse(args).Invoke();
