namespace OpsChat.ShopData.Orders;

/// <summary>Where an order goes, in a plain form.</summary>
/// <param name="Town">Empty when the file does not say.</param>
internal sealed record Destination(string Country, string Town, string Postcode)
{
    public override string ToString() => nameof(Destination);
}

/// <summary>
/// Postcodes that cannot be right, by what the shop's earlier orders had: a form that none of their country has, and a town that always stood with
/// other postcodes. No table of any country is kept; where too little came before, nothing is said.
/// </summary>
internal static class PostcodeChecks
{
    // One wrong postcode among the first fifty must not make all others wrong.
    private const int LeastOfCountry = 50;
    private const double MostOthers = 0.02;
    private const int LeastOfTown = 5;

    // The first two places of a postcode are the region in the countries that have towns of several postcodes.
    private const int RegionLength = 2;

    /// <summary>The same orders, with the faults among what is known of their addresses. Each is compared with those placed before it.</summary>
    public static IReadOnlyList<ReadOrder> Told(List<ReadOrder> orders)
    {
        var (forms, towns, regions) = (new Counts(), new Counts(), new Counts());
        foreach (var index in Enumerable.Range(0, orders.Count).Where(i => orders[i] is { To: not null, Check: not null })
            .OrderBy(i => orders[i].Order.Dates.Placed))
        {
            var (to, check) = (orders[index].To!, orders[index].Check!);
            var (form, region) = (FormOf(to.Postcode), to.Postcode[..Math.Min(RegionLength, to.Postcode.Length)]);
            string? fault = null;
            if (forms.All(to.Country) >= LeastOfCountry && forms.Of(to.Country, form) == 0 && forms.Most(to.Country) >= 1 - MostOthers)
            {
                fault = "a postcode unlike all others of its country";
            }
            else if (to.Town.Length > 0 && Knows(towns, $"{to.Country} {to.Town}", region) && Knows(regions, $"{to.Country} {region}", to.Town))
            {
                fault = "a postcode of another place than its town";
            }

            if (fault is not null)
            {
                orders[index] = orders[index] with { Check = check with { AddressFaults = [.. check.AddressFaults, fault] } };
                continue;
            }

            forms.Add(to.Country, form);
            if (to.Town.Length > 0)
            {
                towns.Add($"{to.Country} {to.Town}", region);
                regions.Add($"{to.Country} {region}", to.Town);
            }
        }

        return orders;
    }

    /// <summary>It came often enough, and never with that.</summary>
    private static bool Knows(Counts counts, string what, string with) => counts.All(what) >= LeastOfTown && counts.Of(what, with) == 0;

    /// <summary>Digits as 9 and letters as A: 99999, AA99AA.</summary>
    private static string FormOf(string postcode) => string.Concat(postcode.Select(c => char.IsDigit(c) ? '9' : 'A'));

    private sealed class Counts
    {
        private readonly Dictionary<string, Dictionary<string, int>> _counts = new(StringComparer.Ordinal);

        public void Add(string what, string with)
        {
            var of = _counts.TryGetValue(what, out var known) ? known : _counts[what] = new(StringComparer.Ordinal);
            of[with] = of.GetValueOrDefault(with) + 1;
        }

        public int All(string what) => _counts.TryGetValue(what, out var known) ? known.Values.Sum() : 0;

        public int Of(string what, string with) => _counts.TryGetValue(what, out var known) ? known.GetValueOrDefault(with) : 0;

        /// <summary>The share of the most frequent.</summary>
        public double Most(string what) => _counts.TryGetValue(what, out var known) ? (double)known.Values.Max() / known.Values.Sum() : 0;
    }
}
