switch (args.FirstOrDefault())
{
    case "replan": Homestretch.Bench.Replan.Run(args[1..]); break;
    case "ripple": Homestretch.Bench.Ripple.Run(args[1..]); break;
    case "parts": Homestretch.Bench.KernelParts.Run(args[1..]); break;
    default: Console.WriteLine("bench replan|ripple|parts"); break;
}
