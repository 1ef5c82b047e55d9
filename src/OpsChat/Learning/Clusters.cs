namespace OpsChat.Learning;

/// <summary>
/// Groups of things that are alike on average: agglomerative clustering by the mean likeness of two groups (UPGMA), by chains of nearest neighbours
/// (F. Murtagh, "A survey of recent advances in hierarchical clustering algorithms", The Computer Journal 26, 1983). Time and memory grow with the
/// square of the count.
/// </summary>
internal static class Clusters
{
    /// <param name="atLeast">Two groups are joined while their mean likeness is at least this.</param>
    /// <returns>Each thing in exactly one group, the largest group first; things by number.</returns>
    public static IReadOnlyList<int[]> Of(int count, Func<int, int, float> likeness, float atLeast)
    {
        var alike = Matrix(count, likeness);
        List<int>[] members = [.. Enumerable.Range(0, count).Select(i => new List<int> { i })];
        List<int> active = [.. Enumerable.Range(0, count)];
        List<int[]> done = [];
        Stack<int> chain = new();
        while (active.Count > 0)
        {
            if (chain.Count == 0)
            {
                chain.Push(active[0]);
            }

            var top = chain.Peek();
            var before = chain.Count > 1 ? chain.ElementAt(1) : -1;
            var next = Nearest(top, before, active, alike);
            if (next < 0 || alike[top][next] < atLeast)
            {
                // Nothing is nearer to it, and nothing that is joined later will be.
                chain.Pop();
                active.Remove(top);
                done.Add([.. members[top].Order()]);
            }
            else if (next == before)
            {
                chain.Pop();
                chain.Pop();
                Join(top, next, active, alike, members);
            }
            else
            {
                chain.Push(next);
            }
        }

        return [.. done.OrderByDescending(group => group.Length).ThenBy(group => group[0])];
    }

    private static float[][] Matrix(int count, Func<int, int, float> likeness)
    {
        float[][] alike = [.. Enumerable.Range(0, count).Select(_ => new float[count])];
        Parallel.For(0, count, i =>
        {
            for (var j = 0; j < i; j++)
            {
                alike[i][j] = alike[j][i] = likeness(i, j);
            }
        });
        return alike;
    }

    /// <summary>Of equals the one that the chain came from, so that it ends.</summary>
    private static int Nearest(int of, int before, List<int> active, float[][] alike)
    {
        var (best, most) = (before, before < 0 ? float.NegativeInfinity : alike[of][before]);
        foreach (var other in active)
        {
            if (other != of && alike[of][other] > most)
            {
                (best, most) = (other, alike[of][other]);
            }
        }

        return best;
    }

    private static void Join(int into, int gone, List<int> active, float[][] alike, List<int>[] members)
    {
        float a = members[into].Count, b = members[gone].Count;
        active.Remove(gone);
        foreach (var other in active)
        {
            alike[into][other] = alike[other][into] = ((a * alike[into][other]) + (b * alike[gone][other])) / (a + b);
        }

        members[into].AddRange(members[gone]);
    }
}
