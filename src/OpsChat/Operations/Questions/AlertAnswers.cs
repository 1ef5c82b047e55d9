using OpsChat.Operations.Actions;
using OpsChat.Operations.Measures;
using OpsChat.Operations.Queue;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what needs a decision and how the shop does, and what open alerts propose to do.</summary>
internal sealed class AlertAnswers(AskedOfShop asked)
{
    public OwnerAnswer Alerts()
    {
        var about = AlertSubjects.Of(asked.Question.Listed);
        if (about is { Monitors.Count: 0 })
        {
            return Lacks(QuestionTopic.Alerts, $"No monitor watches “{about.Words}”, so that no alert is about it.");
        }

        var all = asked.Records.Alerts.Where(a => a.IsOpen && a.IsOnTop).ToList();
        var open = all.Where(a => IsAbout(a) && about?.Monitors.Contains(a.Monitor) != false && IsNew(a))
            .OrderByDescending(a => a.Score.Value).ToList();
        var risk = new Money(open.Where(a => a.AtRisk.Currency == asked.Settings.Currency).Sum(a => a.AtRisk.Minor), asked.Settings.Currency);
        // Articles and carriers have alerts of their own; who waits for an answer is asked of the whole shop.
        var isOfAll = about is null && !asked.HasArticles && asked.Question is { Carrier: null, Order: null } && !AsksForNew;
        var waiting = !isOfAll && about is not { AreCustomers: true } ? []
            : asked.Records.Waiting.Where(m => m.Since <= asked.Shop.Now).GroupBy(m => m.For, StringComparer.Ordinal)
                .Select(g => (For: g.Key, Count: g.Count())).OrderByDescending(g => g.Count).ToList();
        var matters = waiting.Count == 0 ? "" : $" Of customers, {string.Join(", ", waiting.Select(w => $"{w.Count} {Matters(w.Count)} {w.For}"))}.";
        var isLoss = GoodsOnTheMove.IsLoss(asked.Question.English);
        return new(true, $"{(isLoss ? "What the shop loses in all no file tells; what open alerts put at stake is known. " : "")}"
                + $"{Plural.Of(open.Count, "alert")}{asked.Of}{By}{(about is null ? "" : $" about “{about.Words}”")} "
                + $"{Verb(open.Count, "is", "are")} open{(AsksForNew ? $" that began on these days ({asked.Question.Period!.Words})" : "")}"
                + $"{(isOfAll ? "" : $", of {all.Count} in all")}, {risk} at risk.{matters}{Unwatched(about)}",
            ["", "", ""],
            Cut(open, a => new[] { a.Id, a.Headline, a.AtRisk.Minor > 0 ? a.AtRisk.ToString() : "" },
                rest => ["", new Money(rest.Where(a => a.AtRisk.Currency == risk.Currency).Sum(a => a.AtRisk.Minor), risk.Currency).ToString()]),
            waiting.Count == 0 ? ["alerts"] : ["alerts", "conversations"],
            isLoss ? ["Which ads lose money?", "Which articles lose money?", "What was refunded last month?"] : [])
        {
            Figure = isLoss ? null : open.Count,
        };
    }

    private static string Unwatched(AlertSubjects? about) =>
        about is { Unwatched.Count: > 0 } ? $" No monitor watches {And(about.Unwatched.Select(words => $"“{words}”"))}." : "";

    /// <summary>By its subject, by what it proposes, or by one of the cases under it.</summary>
    private bool IsAbout(Alert alert) =>
        (asked.IsAbout(alert.Subject["sku"]) || alert.Actions.Any(p => asked.IsAbout(p.Parameters.GetValueOrDefault("sku")))
            || (asked.Question.Supplier is { } supplier && alert.Subject["supplier"] == supplier))
        && (asked.Question.Carrier is not { } carrier || (alert.Subject["carrier"] ?? alert.Group?["carrier"]) == carrier)
        && (asked.Question.Order is not { } order
            || alert.Children.Select(c => c.Subject).Append(alert.Subject)
                .Any(s => s["order"] is { } number && OrderNumber.Key(number) == OrderNumber.Key(order)));

    private string By => (asked.Question.Carrier is { } carrier ? $" of {carrier}" : "")
        + (asked.Question.Order is { } order ? $" of order {order}" : "");

    /// <summary>Days are of what began on them only where the question says so: what needs attention today began some time.</summary>
    private bool AsksForNew => asked.Question.Period is { IsAhead: false } && Array.Exists(s_new, asked.Question.Asks);

    private static readonly string[] s_new = ["new ", "opened", "began", "begin", "started", "came", "raised", "since"];

    private bool IsNew(Alert alert) => !AsksForNew
        || (asked.Shop.Calendar.Day(alert.OpenedAt) is var day && day >= asked.Period.From && day <= asked.Period.To);

    private static string Matters(int count) => count == 1 ? "matter is" : "matters are";

    public OwnerAnswer Kpi()
    {
        var days = Math.Max(1, Math.Min(asked.Period.To.DayNumber, asked.Shop.Today.DayNumber - 1) - asked.Period.From.DayNumber + 1);
        var measures = ShopMeasures.Of(asked.Shop, asked.Settings, asked.Records, days);
        var one = AskedMeasure.Of(asked.Question) is { } name ? measures.First(m => m.Name == name) : null;
        if (one is { Value: null })
        {
            return Lacks(QuestionTopic.Measures,
                $"“{Shown(one)}” is not known{one.Shown.Replace(Measure.NoData, "", StringComparison.Ordinal)}.");
        }

        // Measures are of the days up to yesterday; those of other days nobody has computed.
        if (asked.Question.Period is { IsAhead: false } named && named.To < asked.Shop.Today.AddDays(-1))
        {
            return Lacks(QuestionTopic.Measures,
                $"Measures are kept only of the days up to yesterday, such as the last 30 days: {named.Words} is over.");
        }

        if (one is not null)
        {
            return Table($"“{Shown(one)}” is {one.Shown}, as {one.Formula}: {Plural.Of(days, "day")}.", [], [], "the shop's files", "alerts")
                with { Figure = one.Value };
        }

        return Table($"Measures of {Plural.Of(days, "day")}.", ["", ""],
            measures.Where(m => m.Value is not null).Select(m => new[] { m.Name, m.Shown }),
            "the shop's files", "alerts");
    }

    private static string Shown(Measure measure) => measure.Name.Replace('-', ' ');

    /// <summary>What an open alert already proposes for whom the wish names. Nothing is done here: it can only be put up for approval.</summary>
    public OwnerAnswer Wished(ActionKind kind)
    {
        var offers = asked.Records.Alerts.Where(a => a.IsOpen).SelectMany(a =>
            a.Actions.Where(p => p.Kind == kind).Select(p => (Alert: a, Action: p))).ToList();
        var meant = offers.Where(o => asked.Question.Skus.Contains(o.Alert.Subject["sku"] ?? "")
            || asked.Question.Skus.Contains(o.Action.Parameters.GetValueOrDefault("sku") ?? "") || asked.Question.Skus.Contains(o.Action.Subject)
            || (asked.Question.Order is { } order && o.Action.Subject == order)
                || (asked.Question.Carrier is { } carrier && o.Action.Subject == carrier)
            || asked.Question.Mentions(o.Action.Subject)).ToList();
        // Whom a wish names and nobody knows is not taken for whom an alert happens to be about.
        var hasName = meant.Count > 0 || asked.Question.Scope.NotUnderstood.Count > 0 || asked.Question.Skus.Count > 0
            || asked.Question.Order is not null || asked.Question.Carrier is not null;
        var chosen = hasName ? meant : offers;
        return chosen.Count == 1
            ? Table($"{chosen[0].Action.Text}: this is put up for approval; nothing is done before.", [], [],
                "alerts") with { Wish = (chosen[0].Alert.Id, kind, chosen[0].Action.Text) }
            : Table(chosen.Count == 0 ? $"No open alert proposes to {kind.Word().Replace('-', ' ')} there, so there is nothing to put up."
                : $"{chosen.Count} alerts propose that. Name the one that you mean.", ["", ""],
                chosen.Select(o => new[] { o.Alert.Id, o.Action.Text }), "alerts");
    }
}
