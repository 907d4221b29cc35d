namespace Homestretch.Promising.Kernel;

/// <summary>Names the reason for which a gate part came too late.</summary>
internal static class LateReasons
{
    /// <param name="problem">The problem.</param>
    /// <param name="order">The late order.</param>
    /// <param name="gate">The item that its kit waited for.</param>
    /// <param name="whole">Second at which that item could be had.</param>
    /// <param name="latest">The last second at which the build could have started and be in time.</param>
    public static LateReason OfGate(AllocationProblem problem, int order, int gate, int whole, int latest)
    {
        int part = problem.PartFirst[order];
        while (problem.PartItem[part] != gate) part++;
        long inTime = 0;
        for (int lot = problem.LotFirst[gate]; lot < problem.LotFirst[gate + 1] && problem.LotSecond[lot] <= latest; lot++)
            inTime += problem.LotQuantity[lot];
        if (inTime >= problem.PartQuantity[part]) return LateReason.MaterialShort;
        return whole < problem.BuyLead[gate] ? LateReason.AwaitsSupply : LateReason.LeadTime;
    }
}
