using Homestretch.Bench;

return args switch
{
    ["neutral", .. var rest] => NeutralBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench neutral INSTANCE [fast|best] [repeats]");
    return 2;
}
