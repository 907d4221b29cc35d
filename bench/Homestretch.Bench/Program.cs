using Homestretch.Bench;

return args switch
{
    ["arrivals"] => Arrivals.Run(),
    ["lanes", .. var rest] => LanesOutOfSample.Run(rest),
    _ => 2,
};
