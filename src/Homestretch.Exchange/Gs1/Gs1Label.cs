using System.Globalization;
using NodaTime;

namespace Homestretch.Exchange.Gs1;

/// <summary>What one label says: identifiers and their values, in order.</summary>
public sealed record Gs1Label(IReadOnlyList<Gs1Element> Elements)
{
    /// <summary>Value of an identifier; null when the label does not have it.</summary>
    public string? this[string identifier] => Elements.FirstOrDefault(e => e.Identifier.Code == identifier)?.Value;

    /// <summary>As people read it, such as (01)09506000134352(10)AB-123.</summary>
    public override string ToString() => string.Concat(Elements.Select(static e => $"({e.Code}){e.Value}"));
}

/// <param name="Code">As on the label, with the digit that places the decimal point.</param>
public sealed record Gs1Element(Gs1Identifier Identifier, string Code, string Value)
{
    /// <summary>Measure or amount with its decimal point in place, or a count; null when it is neither.</summary>
    public decimal? Number => Identifier.Rest == Gs1Characters.Digits && Identifier.Checked == 0 && !Identifier.IsDate && decimal.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out decimal n)
        ? Identifier.Code[^1] == 'n' ? n / Power(Code[^1] - '0') : n : null;

    /// <summary>The day of a date. Day 00 is the last of its month; the century is the one that puts the year between 49 before and 50 after this one.</summary>
    /// <remarks>GS1 General Specifications, section 7.12.</remarks>
    public LocalDate? Day(int thisYear)
    {
        if (!Identifier.IsDate) return null;
        int year = Two(0), month = Two(2), day = Two(4), apart = year - thisYear % 100;
        year += thisYear - thisYear % 100 + (apart >= 51 ? -100 : apart <= -50 ? 100 : 0);
        return new LocalDate(year, month, day == 0 ? CalendarSystem.Iso.GetDaysInMonth(year, month) : day);
    }

    private int Two(int at) => (Value[at] - '0') * 10 + Value[at + 1] - '0';
    private static decimal Power(int digits) => digits == 0 ? 1 : 10 * Power(digits - 1);
}

/// <summary>Why a label cannot be read.</summary>
public enum Gs1Fault { Empty, UnknownIdentifier, TooShort, TooLong, Character, CheckDigit, Date, Twice, Address }

/// <param name="Identifier">Where it lies; empty when before any identifier.</param>
public sealed record Gs1Wrong(Gs1Fault Fault, string Identifier, string Text, string Cure);
