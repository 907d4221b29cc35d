namespace Homestretch.Solvers.Lives;

/// <summary>Eigenvalues and vectors of a small symmetric matrix by Jacobi's rotations (Golub and Van Loan, Matrix Computations, 8.5), the largest value first.</summary>
internal static class Eigen
{
    /// <returns>Values, and vectors as columns.</returns>
    public static (double[] Values, double[,] Vectors) Of(double[,] symmetric)
    {
        int n = symmetric.GetLength(0);
        double[,] a = (double[,])symmetric.Clone(), v = new double[n, n];
        for (int i = 0; i < n; i++) v[i, i] = 1;
        for (int sweep = 0; sweep < 100 && OffDiagonal(a) > 1e-22 * Diagonal(a); sweep++)
        {
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    if (a[p, q] != 0) Rotate(a, v, p, q);
                }
            }
        }
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[i, i])];
        double[,] vectors = new double[n, n];
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++) vectors[i, k] = v[i, order[k]];
        }
        return ([.. order.Select(i => a[i, i])], vectors);
    }

    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        int n = a.GetLength(0);
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]), t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1)), c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int i = 0; i < n; i++) (a[i, p], a[i, q]) = (c * a[i, p] - s * a[i, q], s * a[i, p] + c * a[i, q]);
        for (int i = 0; i < n; i++) (a[p, i], a[q, i]) = (c * a[p, i] - s * a[q, i], s * a[p, i] + c * a[q, i]);
        for (int i = 0; i < n; i++) (v[i, p], v[i, q]) = (c * v[i, p] - s * v[i, q], s * v[i, p] + c * v[i, q]);
    }

    private static double OffDiagonal(double[,] a)
    {
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(0); j++) sum += i == j ? 0 : a[i, j] * a[i, j];
        }
        return sum;
    }

    private static double Diagonal(double[,] a)
    {
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++) sum += a[i, i] * a[i, i];
        return sum;
    }
}
