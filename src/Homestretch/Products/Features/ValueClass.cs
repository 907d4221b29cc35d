namespace Homestretch.Products.Features;

/// <summary>Values of a typed feature that no constraint tells apart.</summary>
/// <param name="Name">Which values, in words: "from 21 to 59", "'Wheelio'", "any other text".</param>
/// <param name="Number">One of them, or the length of one of them.</param>
/// <param name="Text">For texts: one of them.</param>
internal sealed record ValueClass(string Name, Rational Number, string? Text, IReadOnlyList<ValuePiece> Pieces)
{
    public Register Given(Taken taken) => taken == Taken.Value && Text is not null ? new(Rational.Zero, Text) : new(Terms.Rounded(Number, taken));

    public bool Contains(Rational number, string? text) => Pieces.Any(p => p.Contains(number, text));
}

/// <summary>A run of numbers, one text, or the texts of some lengths that are named nowhere.</summary>
/// <param name="Low">Null: no lower end.</param>
/// <param name="Text">Not null: this text only. Numbers then do not matter.</param>
internal sealed record ValuePiece(Rational? Low, bool LowIn, Rational? High, bool HighIn, string? Text, IReadOnlyList<string>? ButNot)
{
    public bool Contains(Rational number, string? text) =>
        Text is not null ? text == Text : (ButNot is null || text is not null && !ButNot.Contains(text)) && Covers(number);

    private bool Covers(Rational number) =>
        (Low is not { } low || (LowIn ? number.CompareTo(low) >= 0 : number > low)) && (High is not { } high || (HighIn ? number.CompareTo(high) <= 0 : number < high));

    /// <summary>A number in the run; null when none is there, as between 2 and 3 for whole numbers.</summary>
    public Rational? Inside(bool whole)
    {
        if (Low is not { } low) return High is not { } end ? Rational.Zero : HighIn && (!whole || end.IsWhole) ? end : whole ? end.Ceiling() - 1 : end - 1;
        if (LowIn && (!whole || low.IsWhole)) return low;
        Rational next = whole ? low.Floor() + 1 : High is { } high ? (low + high) / 2 : low + 1;
        return Covers(next) ? next : null;
    }

    /// <summary>The run in words.</summary>
    public string Words(bool whole)
    {
        Rational? low = Low, high = High;
        bool lowIn = LowIn, highIn = HighIn;
        if (whole)
        {
            if (low is { } l) (low, lowIn) = (lowIn && l.IsWhole ? l : l.Floor() + 1, true);
            if (high is { } h) (high, highIn) = (highIn && h.IsWhole ? h : h.Ceiling() - 1, true);
        }
        return (low, high) switch
        {
            (null, null) => "any",
            (null, { } h) => highIn ? $"at most {h}" : $"below {h}",
            ({ } l, null) => lowIn ? $"at least {l}" : $"above {l}",
            ({ } l, { } h) when l.CompareTo(h) == 0 => $"{l}",
            ({ } l, { } h) => lowIn && highIn ? $"from {l} to {h}" : $"{(lowIn ? "at least" : "above")} {l} and {(highIn ? "at most" : "below")} {h}",
        };
    }

    /// <summary>This run and one that follows it without a gap, as one.</summary>
    public ValuePiece And(ValuePiece next) => this with { High = next.High, HighIn = next.HighIn };

    public bool Meets(ValuePiece next) => Text is null && next.Text is null && ReferenceEquals(ButNot, next.ButNot) && High is { } end && next.Low is { } start && end.CompareTo(start) == 0 && (HighIn || next.LowIn);
}
