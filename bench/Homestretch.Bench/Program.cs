using Homestretch.Bench;

return args switch
{
    ["allocate", .. var rest] => AllocateBench.Run(rest),
    ["arrivals"] => Arrivals.Run(),
    ["cut", .. var rest] => CutBench.Run(rest),
    ["branch", .. var rest] => BranchBench.Run(rest),
    ["full", .. var rest] => FullReplan.Run(rest),
    ["lanes", .. var rest] => LanesOutOfSample.Run(rest),
    ["neutral", .. var rest] => NeutralBench.Run(rest),
    ["nervous", .. var rest] => NervousBench.Run(rest),
    ["stochastic", .. var rest] => StochasticBench.Run(rest),
    ["replan", .. var rest] => Replan.Run(rest),
    ["ripple", .. var rest] => Ripple.Run(rest),
    ["life"] => LifeBench.Run(),
    ["live", .. var rest] => await LiveBench.Run(rest),
    ["plan", .. var rest] => PlanBench.Run(rest),
    ["propose", .. var rest] => ProposeBench.Run(rest),
    ["parts", .. var rest] => KernelParts.Run(rest),
    ["ingest", .. var rest] => await IngestBench.Run(rest),
    ["sea", .. var rest] => SeaBench.Run(rest),
    ["scms", .. var rest] => ScmsDeliveries.Run(rest),
    ["screen", .. var rest] => await ScreenBench.Run(rest),
    ["situations", .. var rest] => SituationBench.Run(rest),
    ["sparkplug"] => SparkplugBench.Run(),
    ["upkeep", .. var rest] => UpkeepBench.Run(rest),
    _ => 2,
};
