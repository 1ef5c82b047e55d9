using OpsChat.Operations.Monitors;
using OpsChat.Operations.Stock;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about stock.</summary>
internal sealed class StockAnswers(AskedOfShop asked)
{
    public OwnerAnswer RunsOut()
    {
        if (StockTable.CannotTell(asked.Shop) is { } why)
        {
            return Lacks(QuestionTopic.RunsOut, why);
        }

        if (IsGone)
        {
            return OutOfStock();
        }

        var days = asked.Question.Period is { IsAhead: true } ahead ? ahead.To.DayNumber - asked.Shop.Today.DayNumber : 7;
        var lines = asked.Skus.Select(sku => asked.Shop.Plan(sku, asked.Settings)).OfType<StockPlan>().Where(p => p.Sells
            && (IsHowLong || (p.Cover.P50 ?? int.MaxValue) <= days))
            .OrderBy(p => p.Cover.P50 ?? int.MaxValue).ThenBy(p => p.Sku, StringComparer.Ordinal).ToList();
        // What is gone does not run out any more, and is told behind what does.
        var (gone, left) = (lines.FindAll(p => p.Available <= 0), lines.FindAll(p => p.Available > 0));
        return Table(
            IsHowLong ? $"How long what is there{asked.Of} lasts."
                : left.Count == 0 && gone.Count > 0
                    ? $"{Plural.Of(gone.Count, "article")}{asked.Of} that {Verb(gone.Count, "sells is", "sell are")} out of stock already, and no "
                        + $"other is likely to run out within {Plural.Of(days, "day")}."
                : $"{Plural.Of(left.Count, "article")} more likely than not {Verb(left.Count, "runs", "run")} out within "
                + $"{Plural.Of(days, "day")}{(gone.Count == 0 ? "" : $"; {gone.Count} more {Verb(gone.Count, "is", "are")} out of stock already")}.",
                ["", "in stock", "coming", "lasts"],
            (IsHowLong ? lines : [.. left, .. gone]).Select(p =>
                new[] { p.Sku, Whole(p.Available), Whole(p.Incoming), p.Available <= 0 ? "out of stock" : p.CoverInWords }), "inventory",
                "orders") with { Figure = IsHowLong ? lines.FirstOrDefault()?.Cover.P50 : left.Count };
    }

    /// <summary>It asks for what is gone, and not for what will be.</summary>
    private bool IsGone => Array.Exists(s_gone, asked.Question.Asks) && !Array.Exists(s_soon, asked.Question.Asks)
        && asked.Question.Period is not { IsAhead: true };

    private static readonly string[] s_gone = ["out of stock", "sold out", "no stock", "not in stock"],
        s_soon = ["will", "going", "about to", "almost", "nearly", "soon", "when", "run"];

    private OwnerAnswer OutOfStock()
    {
        var gone = asked.Skus.Select(sku => (Sku: sku, Stock: asked.Shop.Stock(sku))).Where(s => s.Stock is { Available: <= 0 }).ToList();
        return Table($"{Plural.Of(gone.Count, "article")}{asked.Of} {Verb(gone.Count, "is", "are")} out of stock.", ["", "coming", "counted"],
            gone.OrderBy(s => s.Sku, StringComparer.Ordinal).Select(s =>
                new[] { s.Sku, Whole(asked.Shop.Incoming(s.Sku)), $"{asked.Shop.Calendar.Day(s.Stock!.Value.At):d MMM}" }),
            "inventory") with { Figure = gone.Count };
    }

    /// <summary>Articles that are named each, or of which it is asked how long they last, are shown also when they last long.</summary>
    private bool IsHowLong => asked.NamesEach || (asked.HasArticles && Array.Exists(s_howLong, asked.Question.Asks));

    private static readonly string[] s_howLong = ["how long", "when", "days of", "weeks of"];

    /// <summary>Whether what is there and what comes until a day is as much as will be asked for by its end.</summary>
    public OwnerAnswer IsEnough()
    {
        if (StockTable.CannotTell(asked.Shop) is { } why)
        {
            return Lacks(QuestionTopic.EnoughStock, why);
        }

        var target = asked.Question.Target;
        if ((target?.Until ?? (asked.Question.Period is { IsAhead: true } ahead ? ahead.To : null)) is not { } until)
        {
            return Lacks(QuestionTopic.EnoughStock, target is null
                ? "Until when? Name a day, some weeks, a holiday, or a campaign of your calendar."
                : $"The day of {target.Name} differs from year to year, and the campaign calendar does not name it: name the day.");
        }

        var needs = StockNeed.Of(asked, target?.Campaign, until).ToList();
        var (likely, possible) = (needs.Count(n => n.Chance >= 0.5), needs.Count(n => n.Chance is >= StockNeed.Possible and < 0.5));
        var days = $"until {until:d MMM yyyy}{(target is null ? "" : $" ({target.Name})")}";
        var shown = needs.Where(n => asked.NamesEach || n.Chance >= StockNeed.Possible);
        return Table(
            needs.Count == 0 ? $"Nothing{asked.Of} that sells was counted, so nobody can say what lasts {days}."
                : likely + possible == 0 ? $"What is there and comes{asked.Of} is enough {days}, with nine chances in ten for each of "
                    + $"{needs.Count} articles, as they sell now."
                : $"{likely} of {needs.Count} articles{asked.Of} more likely than not run out {days}, as they sell now{Gone(needs)}; "
                    + $"{possible} more may.",
            ["", "in stock", "coming", "needed", "missing for nine in ten", "chance to run out"],
            shown.OrderByDescending(n => n.Chance).ThenBy(n => n.Sku, StringComparer.Ordinal).Select(n => new[]
            {
                n.Sku, Whole(n.Available), Whole(n.Coming), Number(Math.Round(n.Mean)), Whole(n.Missing), $"{100 * n.Chance:0} %",
            }), "inventory", "orders", "purchase orders") with { Figure = likely };
    }

    private static string Gone(IReadOnlyList<StockNeed> needs) =>
        needs.Count(n => n.Chance >= 0.5 && n.Available <= 0) is > 0 and var gone
            ? $" ({gone} of them {Verb(gone, "is", "are")} out of stock already)" : "";

    public OwnerAnswer InStock()
    {
        var known = asked.Skus.Select(sku => (Sku: sku, Stock: asked.Shop.Stock(sku))).Where(s => s.Stock is not null).ToList();
        if (asked.Question.Limit is { } limit && known.Count > 0)
        {
            return Within(limit, [.. known.Where(s => limit.Admits(s.Stock!.Value.Available)).Select(s => s.Sku)], known.Count);
        }

        return known.Count == 0 ? Lacks(QuestionTopic.Stock, StockTable.CannotTell(asked.Shop) ?? $"Nobody has counted{asked.Of}.") : new(
            true, $"{There(known.Sum(s => s.Stock!.Value.Available))} there{asked.Of}.", ["", "in stock", "coming", "counted"],
            Cut([.. known.OrderByDescending(s => s.Stock!.Value.Available)], s => new[]
                {
                    s.Sku, Whole(s.Stock!.Value.Available), Whole(asked.Shop.Incoming(s.Sku)), $"{asked.Shop.Calendar.Day(s.Stock.Value.At):d MMM}",
                },
                rest => [Whole(rest.Sum(s => s.Stock!.Value.Available)), Whole(rest.Sum(s => asked.Shop.Incoming(s.Sku)))]),
            ["inventory"], []) { Figure = known.Sum(s => s.Stock!.Value.Available) };
    }

    /// <summary>The articles of which as many are there as is asked.</summary>
    private OwnerAnswer Within(CountLimit limit, List<string> skus, int of)
    {
        var left = skus.Select(sku => (Sku: sku, Stock: asked.Shop.Stock(sku)!.Value));
        var sorted = limit.Most is not null ? left.OrderBy(s => s.Stock.Available) : left.OrderByDescending(s => s.Stock.Available);
        return new(true, $"Of {skus.Count} of {Plural.Of(of, "article")}{asked.Of} {limit.PiecesInWords} there.",
            ["", "in stock", "coming", "counted"],
            Cut([.. sorted.ThenBy(s => s.Sku, StringComparer.Ordinal)], s => new[]
                {
                    s.Sku, Whole(s.Stock.Available), Whole(asked.Shop.Incoming(s.Sku)), $"{asked.Shop.Calendar.Day(s.Stock.At):d MMM}",
                },
                rest => [Whole(rest.Sum(s => s.Stock.Available)), Whole(rest.Sum(s => asked.Shop.Incoming(s.Sku)))]),
            ["inventory"], []) { Figure = skus.Count };
    }

    private static string There(int pieces) => $"{Plural.Of(pieces, "piece")} {Verb(pieces, "is", "are")}";

    public OwnerAnswer StockValue()
    {
        var there = asked.Skus.Select(sku => (Sku: sku, Stock: asked.Shop.Stock(sku), Cost: asked.Shop.CostOf(sku)))
            .Where(s => s.Stock is { Available: > 0 }).ToList();
        var unknown = there.FindAll(s => s.Cost?.Currency != asked.Shop.Currency);
        var besides = unknown.Count == 0 ? ""
            : $" What {Plural.Of(unknown.Count, "article")} cost is not known, "
                + $"{Plural.Of(unknown.Sum(s => s.Stock!.Value.Available), "piece")} more.";
        var known = there.Where(s => s.Cost?.Currency == asked.Shop.Currency)
            .Select(s => (s.Sku, Pieces: s.Stock!.Value.Available, Cost: s.Cost!.Value))
            .Select(s => (s.Sku, s.Pieces, Worth: s.Cost with { Minor = s.Cost.Minor * s.Pieces }))
            .OrderByDescending(s => s.Worth.Minor)
            .ToList();
        var sum = new Money(known.Sum(s => s.Worth.Minor), asked.Shop.Currency);
        return known.Count == 0
            ? Lacks(QuestionTopic.StockValue, StockTable.CannotTell(asked.Shop) ?? "No file says what articles cost.")
            : new(true, $"What is there{asked.Of} cost {sum}.{besides}", ["", "in stock", "cost"],
                Cut(known, s => new[] { s.Sku, Whole(s.Pieces), s.Worth.ToString() },
                    rest => [Whole(rest.Sum(s => s.Pieces)), new Money(rest.Sum(s => s.Worth.Minor), sum.Currency).ToString()]),
                ["inventory", "products", "purchase orders"], []) { Figure = (double)sum.Major };
    }

    /// <summary>What lasts longer than half a year with nine chances in ten, or is there and does not sell at all.</summary>
    public OwnerAnswer TooMuch()
    {
        if (StockTable.CannotTell(asked.Shop) is { } why)
        {
            return Lacks(QuestionTopic.TooMuch, why);
        }

        var plans = asked.Skus.Select(sku => asked.Shop.Plan(sku, asked.Settings)).OfType<StockPlan>()
            .Where(p => p.Available > 0 && (!p.Sells || (p.Cover.P10 ?? int.MaxValue) > StockExcess.Days))
            .OrderByDescending(p => p.Available * (asked.Shop.CostOf(p.Sku)?.Minor ?? 0)).ThenBy(p => p.Sku, StringComparer.Ordinal).ToList();
        return Table($"{Plural.Of(plans.Count, "article")}{asked.Of} {Verb(plans.Count, "lasts", "last")} longer than {StockExcess.Days} days.",
            ["", "in stock", "lasts"],
            plans.Select(p => new[] { p.Sku, Whole(p.Available), p.Sells ? p.CoverInWords : "sells nothing" }), "inventory", "orders")
            with { Figure = plans.Count };
    }

    public OwnerAnswer ToOrder()
    {
        var lists = PurchaseList.Of(asked.Shop, asked.Settings)
            .Where(p => asked.Question.Supplier is null || p.Supplier == asked.Question.Supplier).ToList();
        var lines = lists.SelectMany(p => p.Lines.Select(l => (p.Supplier, Line: l)))
            .Where(l => asked.Question.Skus.Count == 0 || asked.IsAbout(l.Line.Sku)).ToList();
        return Table(
            lines.Count == 0 ? "Nothing has to be ordered."
                : $"{Plural.Of(lines.Count, "article")} {Verb(lines.Count, "has", "have")} to be ordered"
                    + $"{(asked.Question.Supplier is { } from ? $" from {from}" : "")}.",
                ["", "pieces", "from", "cost"],
            lines.Select(l => new[] { l.Line.Sku, Whole(l.Line.Order), l.Supplier ?? "nobody named", l.Line.Total?.ToString() ?? "not known" }),
                "inventory", "orders", "purchase orders") with { Figure = lines.Count };
    }
}
