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
ParseResult asked = root.Parse(args);
if (asked.Errors.Count > 0)
{
    foreach (var error in asked.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine($"See: homestretch {string.Join(' ', asked.CommandResult.Command.Parents.OfType<Command>().Reverse().Skip(1).Append(asked.CommandResult.Command).Where(c => c != root).Select(static c => c.Name).Append("--help"))}");
    return Folder.BadInput;
}
try
{
    return asked.Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return Folder.BadInput;
}
