using System.Collections.Immutable;

namespace OpsChat.Canary;

/// <summary>One sum. Those of a group are named <c>Group/member</c>.</summary>
internal readonly record struct NamedSum(string Name, long Value);

/// <summary>Sums under names, in ordinal order of the names; a sum of 0 is left out. Adding two is a merge, so that many rows add up
/// quickly.</summary>
internal sealed record SparseSums
{
    private SparseSums(ImmutableArray<NamedSum> all) => All = all;

    public static SparseSums None { get; } = new([]);

    public ImmutableArray<NamedSum> All { get; }

    /// <summary>The sum under the name; 0 when there is none.</summary>
    public long this[string name] => Find(name) is var place and >= 0 ? All[place].Value : 0;

    /// <param name="sums">Each name once, none of them 0. Put in order when they are not.</param>
    public static SparseSums Of(List<NamedSum> sums)
    {
        for (var i = 1; i < sums.Count; i++)
        {
            if (string.CompareOrdinal(sums[i - 1].Name, sums[i].Name) > 0)
            {
                sums.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
                break;
            }
        }

        return new([.. sums]);
    }

    /// <summary>The same with another sum under this name.</summary>
    public SparseSums With(string name, long value) => (Find(name), value) switch
    {
        (< 0, 0) => this,
        (>= 0 and var place, 0) => new(All.RemoveAt(place)),
        (>= 0 and var place, _) => new(All.SetItem(place, new(name, value))),
        (var place, _) => new(All.Insert(~place, new(name, value))),
    };

    /// <summary>The same with another group under this name.</summary>
    public SparseSums With(string group, Counts counts)
    {
        var sums = this;
        foreach (var member in Group(group).ByName.Keys.Except(counts.ByName.Keys))
        {
            sums = sums.With($"{group}/{member}", 0);
        }

        foreach (var (member, count) in counts.ByName)
        {
            sums = sums.With($"{group}/{member}", count);
        }

        return sums;
    }

    public Counts Group(string name)
    {
        var prefix = name + "/";
        return new(
            All.Where(s => s.Name.StartsWith(prefix, StringComparison.Ordinal))
                .ToImmutableSortedDictionary(s => s.Name[prefix.Length..], s => s.Value, StringComparer.Ordinal)
        );
    }

    public static SparseSums operator +(SparseSums one, SparseSums other)
    {
        var (left, right) = (one.All, other.All);
        var sum = ImmutableArray.CreateBuilder<NamedSum>(left.Length + right.Length);
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            var order = i == left.Length ? 1 : j == right.Length ? -1 : string.CompareOrdinal(left[i].Name, right[j].Name);
            var value = (order <= 0 ? left[i].Value : 0) + (order >= 0 ? right[j].Value : 0);
            if (value != 0)
            {
                sum.Add(new(order <= 0 ? left[i].Name : right[j].Name, value));
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return new(sum.DrainToImmutable());
    }

    public static SparseSums operator -(SparseSums one) => new([.. one.All.Select(s => s with { Value = -s.Value })]);

    public bool Equals(SparseSums? other) => other is not null && All.SequenceEqual(other.All);

    public override int GetHashCode() => All.Length;

    /// <summary>The place of a name, or the complement of the place where it belongs.</summary>
    private int Find(string name)
    {
        var (low, high) = (0, All.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(All[middle].Name, name);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }
}
