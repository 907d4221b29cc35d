using Homestretch.Bench;

return args switch
{
    ["lanes", .. var rest] => LanesOutOfSample.Run(rest),
    _ => 2,
};
