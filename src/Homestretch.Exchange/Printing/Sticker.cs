namespace Homestretch.Exchange.Printing;

/// <summary>How a symbol is drawn.</summary>
public enum SymbolKind
{
    /// <summary>Data Matrix with GS1 element strings.</summary>
    Gs1DataMatrix,

    /// <summary>Data Matrix with plain text.</summary>
    DataMatrix,

    /// <summary>QR code with plain text, as UTF-8.</summary>
    Qr,
}

/// <summary>A label to print: a symbol at its left, and beside it what people read.</summary>
/// <param name="Width">Width, mm.</param>
/// <param name="Height">Height, mm.</param>
/// <param name="Content">What a scanner reads; FNC1 as GS.</param>
/// <param name="Lines">From top to bottom; empty ones are left out.</param>
public sealed record Sticker(double Width, double Height, SymbolKind Symbol, string Content, IReadOnlyList<StickerLine> Lines)
{
    /// <summary>A label of 100 × 50 mm, which label printers of the trade take.</summary>
    /// <param name="gs1">Element string; null: none can be written, so <paramref name="plain"/> stands on it.</param>
    /// <param name="plain">Plain text that the floor app reads.</param>
    public static Sticker Of(string? gs1, string plain, IReadOnlyList<StickerLine> lines) => gs1 is not null && DataMatrix.Of(gs1, gs1: true) is not null ? new(100, 50, SymbolKind.Gs1DataMatrix, gs1, lines)
        : new(100, 50, DataMatrix.Of(plain, gs1: false) is not null ? SymbolKind.DataMatrix : SymbolKind.Qr, plain, lines);
}

/// <param name="Size">Height of its signs, mm, before the label is found to be too full.</param>
public sealed record StickerLine(string Text, double Size, bool Bold = false);
