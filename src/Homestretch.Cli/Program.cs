using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Homestretch.Cli.Arrivals;
using Homestretch.Cli.Clearing;
using Homestretch.Cli.Buffering;
using Homestretch.Cli.Cutting;
using Homestretch.Cli.Demo;
using Homestretch.Cli.Finishing;
using Homestretch.Cli.Health;
using Homestretch.Cli.Maintaining;
using Homestretch.Cli.Neutral;
using Homestretch.Cli.Planning;
using Homestretch.Cli.Products;
using Homestretch.Cli.Sea;
using Homestretch.Cli.Simulating;
using Homestretch.Cli.Situations;
using Homestretch.Cli.Training;

var root = new Command("homestretch", """
    Homestretch: last-mile manufacturing, from the supplier's machine to the customer's date.
    serve, backup, restore, verify and health belong to the server: homestretch serve --help.
    """) { new HelpOption(), new VersionOption() };
root.Subcommands.Add(ArrivalsCommands.Build());
root.Subcommands.Add(ClaimsCommands.Build());
root.Subcommands.Add(ClearCommands.Build());
root.Subcommands.Add(BufferCommands.Build());
root.Subcommands.Add(RestockCommand.Build());
root.Subcommands.Add(CutCommands.Build());
root.Subcommands.Add(DemoCommands.Build());
root.Subcommands.Add(FloorCommands.Build());
root.Subcommands.Add(MachineCommands.Build());
root.Subcommands.Add(ModelsCommands.Build());
root.Subcommands.Add(NeutralCommands.Build());
root.Subcommands.Add(ProductsCommands.Build());
root.Subcommands.Add(SimulateCommands.Build());
root.Subcommands.Add(SituationCommands.Build());
root.Subcommands.Add(UpkeepCommands.Build());
root.Subcommands.Add(SeaCommands.Build());
foreach (Command command in PlanCommands.Build()) root.Subcommands.Add(command);
ParseResult asked = root.Parse(args);
if (asked.Errors.Count > 0)
{
    foreach (var error in asked.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine($"See: {Named(asked.CommandResult)} --help");
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

static string Named(CommandResult of) => of.Parent is CommandResult above ? $"{Named(above)} {of.Command.Name}" : of.Command.Name;
