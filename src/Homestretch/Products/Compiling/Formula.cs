namespace Homestretch.Products.Compiling;

/// <summary>A conjunction of clauses over variables 0, 1, ...</summary>
/// <param name="Variables">How many there are; one that stands in no clause is free.</param>
/// <param name="Clauses">Each a disjunction of literals: 2 v says that variable v holds, 2 v + 1 that it does not.</param>
internal sealed record Formula(int Variables, IReadOnlyList<int[]> Clauses);

/// <summary>Words on literals.</summary>
internal static class Literals
{
    extension(int literal)
    {
        /// <summary>The variable that a literal speaks of.</summary>
        public int Variable => literal >> 1;

        /// <summary>Does the literal say that its variable does not hold?</summary>
        public bool Denies => (literal & 1) != 0;

        /// <summary>The literal that says the opposite.</summary>
        public int Opposite => literal ^ 1;
    }
}
