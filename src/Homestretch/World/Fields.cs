using NodaTime;

namespace Homestretch.World;

/// <summary>One record of the world. Its shape (columns, types, order, documentation) is declared once, in
/// <see cref="IRecord{T}.Shape"/>, and read from there by everything that carries records: the company folder, the
/// journal, the API and the docs.</summary>
public interface IRecord
{
    /// <summary>The external key, unique within the table; composite keys join their parts with '|'.</summary>
    string Id { get; }

    /// <summary>The party the record belongs to.</summary>
    Key<Party> Party { get; }
}

/// <summary>A record that knows its own table.</summary>
public interface IRecord<T> : IRecord where T : class, IRecord<T>
{
    /// <summary>Table name in the plural, snake_case: file name, API path and journal kind.</summary>
    static abstract string TableName { get; }

    /// <summary>What one row is, in a sentence.</summary>
    static abstract string TableDoc { get; }

    /// <summary>Declares the columns in order. Each call returns the column's value: of <paramref name="x"/> when
    /// writing, of the row when reading.</summary>
    static abstract T Shape(Fields f, T? x);
}

/// <summary>A pass over a record's shape: reading, writing, documenting or checking it.</summary>
public abstract class Fields
{
    public abstract string Text(string column, string? value, string doc, string? missing = null);

    /// <summary>A text that is part of the record's composite key; holds no '|'.</summary>
    public abstract string Part(string column, string? value, string doc, string? missing = null);
    public abstract Key<R> Own<R>(string column, Key<R>? value, string doc);
    public abstract Key<R> Ref<R>(string column, Key<R>? value, string doc) where R : class, IRecord<R>;
    public abstract Key<R>? OptionalRef<R>(string column, Key<R>? value, string doc) where R : class, IRecord<R>;
    public abstract decimal Number(string column, decimal? value, string doc, decimal? missing = null);
    public abstract decimal? OptionalNumber(string column, decimal? value, string doc);
    public abstract int Whole(string column, int? value, string doc, int? missing = null);
    public abstract int? OptionalWhole(string column, int? value, string doc);
    public abstract Instant Moment(string column, Instant? value, string doc);
    public abstract Instant? OptionalMoment(string column, Instant? value, string doc);
    public abstract LocalDate Date(string column, LocalDate? value, string doc);
    public abstract LocalDate? OptionalDate(string column, LocalDate? value, string doc);
    public abstract LocalTime Time(string column, LocalTime? value, string doc);
    public abstract E Choice<E>(string column, E? value, string doc, E? missing = null) where E : struct, Enum;

    /// <summary>A number from 0 to 1, in full double precision.</summary>
    public abstract Share Share(string column, Share? value, string doc);

    /// <summary>Two columns: <paramref name="column"/> and its unit of measure (<c>unit</c>, or column_unit when it is not 'quantity').</summary>
    public abstract Quantity Quantity(string column, Quantity? value, string doc);

    /// <summary>Two columns: <paramref name="column"/> in major units and <c>currency</c>; both empty means unknown.</summary>
    public abstract Money? OptionalMoney(string column, Money? value, string doc);

    /// <summary>A value with its own text form, such as a condition.</summary>
    /// <param name="parse">Text to value, or what is wrong with it and the cure.</param>
    public abstract V Parsed<V>(string column, V? value, string doc, string form, Func<string, (V? Value, string? Wrong, string? Cure)> parse) where V : class;
}
