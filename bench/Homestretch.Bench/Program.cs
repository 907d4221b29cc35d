using Homestretch.Bench;

return args switch
{
    ["arrivals"] => Arrivals.Run(),
    ["lanes", .. var rest] => LanesOutOfSample.Run(rest),
    ["neutral", .. var rest] => NeutralBench.Run(rest),
    _ => 2,
};
