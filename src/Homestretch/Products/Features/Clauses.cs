namespace Homestretch.Products.Features;

/// <summary>Clauses while they are written: literals as in <see cref="Compiling.Formula"/>, and new variables that are defined by others.</summary>
/// <remarks>Each new variable equals a formula of older ones (both directions of Tseitin 1968), so it adds no model and takes none away.</remarks>
internal sealed class Clauses(int variables)
{
    /// <summary>Stand for what always and what never holds.</summary>
    public const int True = -1, False = -2;

    /// <summary>Products of clauses larger than this are not multiplied out; one side gets a variable.</summary>
    private const int MostMultiplied = 300;

    public int Variables { get; private set; } = variables;

    /// <summary>What defines the new variables: it forbids nothing by itself.</summary>
    public List<int[]> Definitions { get; } = [];

    public static int Opposite(int literal) => literal < 0 ? -3 - literal : literal ^ 1;

    public int NewVariable() => Variables++;

    /// <summary>The literal of "if the variable holds then <paramref name="yes"/>, else <paramref name="no"/>".</summary>
    public int IfThenElse(int variable, int yes, int no)
    {
        if (yes == no) return yes;
        if (yes == True && no == False) return 2 * variable;
        if (yes == False && no == True) return 2 * variable + 1;
        int own = 2 * NewVariable();
        Define(own ^ 1, 2 * variable + 1, yes);
        Define(own, 2 * variable + 1, Opposite(yes));
        Define(own ^ 1, 2 * variable, no);
        Define(own, 2 * variable, Opposite(no));
        return own;
    }

    /// <summary>The clauses of a constraint, or of its opposite.</summary>
    /// <param name="leaf">The literal of a named feature or a comparison.</param>
    public List<int[]> Of(Constraint constraint, bool holds, Func<Constraint, int> leaf)
    {
        switch (constraint)
        {
            case Constraint.Not not: return Of(not.Of, !holds, leaf);
            case Constraint.Both { Connective: Connective.And or Connective.Or } both:
                bool all = both.Connective == Connective.And == holds;
                List<int[]> left = Of(both.Left, holds, leaf), right = Of(both.Right, holds, leaf);
                return all ? [.. left, .. right] : Either(left, right, () => Of(both.Left, !holds, leaf), () => Of(both.Right, !holds, leaf));
            case Constraint.Both { Connective: Connective.Implies } both:
                return Of(new Constraint.Both(Connective.Or, new Constraint.Not(both.Left), both.Right), holds, leaf);
            case Constraint.Both both:
                var one = new Constraint.Both(Connective.Or, new Constraint.Not(both.Left), both.Right);
                var other = holds ? new Constraint.Both(Connective.Or, new Constraint.Not(both.Right), both.Left) : new(Connective.Or, both.Left, both.Right);
                if (!holds) one = new(Connective.Or, new Constraint.Not(both.Left), new Constraint.Not(both.Right));
                return [.. Of(one, true, leaf), .. Of(other, true, leaf)];
            default:
                int literal = leaf(constraint);
                if (!holds) literal = Opposite(literal);
                return literal == True ? [] : literal == False ? [[]] : [[literal]];
        }
    }

    /// <summary>The clauses of "one of the two holds"; the opposites are asked for only when a side gets a variable.</summary>
    private List<int[]> Either(List<int[]> left, List<int[]> right, Func<List<int[]>> notLeft, Func<List<int[]>> notRight)
    {
        if ((long)left.Count * right.Count > MostMultiplied && left.Count > 1 && right.Count > 1)
        {
            if (left.Count >= right.Count) left = [[Named(left, notLeft())]];
            else right = [[Named(right, notRight())]];
        }
        var product = new List<int[]>(left.Count * right.Count);
        foreach (int[] a in left)
            foreach (int[] b in right)
            {
                int[] clause = [.. a.Concat(b).Distinct().Order()];
                if (!Compiling.Simplified.Tautology(clause)) product.Add(clause);
            }
        return product;
    }

    private int Named(List<int[]> holds, List<int[]> fails)
    {
        int own = 2 * NewVariable();
        foreach (int[] clause in holds) Definitions.Add([.. clause.Append(own ^ 1).Order()]);
        foreach (int[] clause in fails) Definitions.Add([.. clause.Append(own).Order()]);
        return own;
    }

    private void Define(int a, int b, int c)
    {
        if (c == True) return;
        Definitions.Add(c == False ? [.. new[] { a, b }.Order()] : [.. new[] { a, b, c }.Order()]);
    }
}
