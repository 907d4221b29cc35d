namespace Homestretch.Learning;

/// <summary>What a trained model that the hub keeps tells.</summary>
public enum ModelKind
{
    /// <summary>How late deliveries are against their schedule.</summary>
    ArrivalDelay,

    /// <summary>What machines of one kind have left.</summary>
    RemainingLife,
}
