using System.Text.RegularExpressions;
using OpsChat.Facts;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what customers wrote (in chats by issue, in reviews by stars; their words stay where they are), who waits for an answer,
/// and what one of them bought.</summary>
internal sealed partial class CustomerAnswers(AskedOfShop asked)
{
    /// <summary>So many stars and fewer are a bad review.</summary>
    private const int FewStars = 3;

    public OwnerAnswer Contacts()
    {
        var all = asked.Shop.ContactsSince(asked.Shop.Calendar.Start(asked.Period.From))
            .Where(c => asked.Shop.Calendar.Day(c.At) <= asked.Period.To
                && (asked.Question.Order is not { } one || (c.Order is { } of && OrderNumber.Key(one) == OrderNumber.Key(of)))
                && asked.IsAbout(c.Sku) && (asked.Question.Carrier is not { } carrier || c.Carrier == carrier)
                && (asked.Question.Scope.Region is not { } region || MalaysianStates.AreSame(c.Region, region)))
            .ToList();
        var about = ContactIssues.Of(asked);
        if (about is { IsKnown: false })
        {
            return NotApart($"“{about.Name}”", asked.Question) with
            {
                Title = $"I do not know which conversations are about “{about.Name}”. What customers wrote about is known as "
                    + $"{string.Join(", ", about.Issues)}.",
            };
        }

        var contacts = about is null ? all : all.FindAll(c => about.Issues.Contains(c.Issue));
        var issues = contacts.GroupBy(c => c.Issue, StringComparer.Ordinal)
            .Select(g => (Issue: g.Key, Customers: g.Select(c => c.Customer).Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(g => g.Customers).ThenBy(g => g.Issue, StringComparer.Ordinal).ToList();
        var customers = contacts.Select(c => c.Customer).Distinct(StringComparer.Ordinal).Count();
        var top = issues.FindAll(i => i.Customers == issues[0].Customers);
        var most = about is not null ? $" about {about.Name}" : issues.Count > 0 ? $", most about {And(top.Select(i => i.Issue))}" : "";
        var others = about is null ? 0
            : all.Where(c => !about.Issues.Contains(c.Issue)).Select(c => c.Customer).Distinct(StringComparer.Ordinal).Count();
        return Table($"{Plural.Of(customers, "customer")} wrote{asked.Of}{most}"
            + $"{(others > 0 ? $", and {others} about other things" : "")}: {asked.Period.Words}.", ["", "customers"],
            issues.Select(i => new[] { i.Issue, Whole(i.Customers) }), "conversations") with { Figure = customers };
    }

    public OwnerAnswer Reviews()
    {
        if (!asked.Shop.Has(FeedKind.Reviews))
        {
            return Lacks(QuestionTopic.Reviews, "No file tells of reviews.");
        }

        var reviews = asked.Shop.Reviews
            .Where(r => r.At is { } at && asked.Shop.Calendar.Day(at) is var day && day >= asked.Period.From && day <= asked.Period.To
                && asked.IsAbout(r.Sku))
            .ToList();
        var bad = reviews.Where(r => r.Rating <= FewStars).ToList();
        return Table($"{bad.Count} of {Plural.Of(reviews.Count, "review")}{asked.Of} {Verb(bad.Count, "has", "have")} {FewStars} stars or fewer: "
            + $"{asked.Period.Words}.", ["", "bad", "of"],
            bad.GroupBy(r => r.Sku, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new[] { g.Key, Whole(g.Count()), Whole(reviews.Count(r => r.Sku == g.Key)) }), "reviews") with { Figure = bad.Count };
    }

    /// <summary>Conversations in which something waits for a person, as the inbox counts them.</summary>
    public OwnerAnswer Waiting()
    {
        if (asked.Question.Asks("refund"))
        {
            return WaitingRefunds();
        }

        if (WaitsFor().Match(asked.Question.English) is { Success: true } thing)
        {
            return NotApart($"who waits for “{thing.Groups["what"].Value}”", asked.Question);
        }

        var matters = asked.Records.Waiting.Where(m => m.Since <= asked.Shop.Now).ToList();
        if (asked.Question.Asks("approv"))
        {
            return WaitingApprovals(matters.FindAll(m => m.For == WaitingMatter.ToApprove));
        }

        var customers = matters.Select(m => m.Conversation).Distinct(StringComparer.Ordinal).Count();
        return Table(
            customers == 0 ? "No customer waits for a person."
                : $"{customers} {(customers == 1 ? "customer waits" : "customers wait")} for a person, the longest for {Longest(matters)}.",
            ["", "matters", "longest"],
            matters.GroupBy(m => m.For, StringComparer.Ordinal).OrderByDescending(g => g.Count())
                .Select(g => new[] { g.Key, Whole(g.Count()), Longest(g) }), "conversations") with { Figure = customers };
    }

    private string Longest(IEnumerable<WaitingMatter> some) => Span(asked.Shop.Now - some.Min(m => m.Since));

    /// <summary>What waits for somebody's approval: texts to customers, and what alerts proposed of the shop.</summary>
    private OwnerAnswer WaitingApprovals(List<WaitingMatter> matters)
    {
        var actions = asked.Records.Actions.Where(a => a.State == ShopActionState.Pending && a.CreatedAt <= asked.Shop.Now).ToList();
        var (texts, all) = (matters.Count, matters.Count + actions.Count);
        return Table(
            all == 0 ? "Nothing waits for approval."
                : $"{all} {Verb(all, "approval is", "approvals are")} open: {Plural.Of(texts, "text")} to customers and "
                    + $"{Plural.Of(actions.Count, "action")} of the shop.",
            ["", "waits"],
            [
                .. matters.OrderBy(m => m.Since).Select(m => new[] { m.Who, Span(asked.Shop.Now - m.Since) }),
                .. actions.OrderBy(a => a.CreatedAt).Select(a => new[] { a.Text, Span(asked.Shop.Now - a.CreatedAt) }),
            ], "approvals") with { Figure = all, NamesCustomer = texts > 0 };
    }

    private OwnerAnswer WaitingRefunds()
    {
        var waiting = asked.Records.WaitingRefunds.Where(r => r.Since <= asked.Shop.Now).OrderBy(r => r.Since).ToList();
        var customers = waiting.Select(r => r.Conversation).Distinct(StringComparer.Ordinal).Count();
        var known = waiting.FindAll(r => r.Amount?.Currency == asked.Shop.Currency);
        var unknown = waiting.Count - known.Count;
        var together = new Money(known.Sum(r => r.Amount!.Value.Minor), asked.Shop.Currency);
        return Table(
            customers == 0 ? "No customer's refund waits for approval."
                : $"{customers} {(customers == 1 ? "customer's refund waits" : "customers' refunds wait")} for approval, {together} together"
                    + (unknown == 0 ? "" : $" and {unknown} whose amount is not known")
                    + $", the longest for {Span(asked.Shop.Now - waiting[0].Since)}.",
            ["", "order", "amount", "waits"],
            waiting.Select(r => new[] { r.Who, r.Order ?? "–", r.Amount?.ToString() ?? "not known", Span(asked.Shop.Now - r.Since) }),
            "approvals") with
        {
            Figure = customers,
            NamesCustomer = true,
        };
    }

    /// <summary>Something that somebody waits for and that is no answer of ours: who waits for a person is not who waits for that.</summary>
    [GeneratedRegex("(?<= )wait(?:s|ing)? for (?:an?|the|their|his|her) "
        + "(?!repl|answer|respon|person|human|approv|decision|long|day|week|hour|while|few)(?<what>[a-z]+)(?= )")]
    private static partial Regex WaitsFor();

    /// <summary>The orders of the customer who is named, the newest first.</summary>
    public OwnerAnswer Bought()
    {
        if (asked.Question.Scope.Customer is not { } customer)
        {
            return Lacks(QuestionTopic.Bought, "Whose? Write the customer's name as the shop's orders have it.");
        }

        var orders = asked.OrdersOfPeriod.OrderByDescending(o => o.PlacedAt).ToList();
        var kept = orders.Where(o => !(o.CancelledAt <= asked.Shop.Now)).ToList();
        var sums = asked.SumsOf("", kept);
        // What single lines were paid back of, nobody says.
        var spending = asked.HasArticles ? new CustomerSpending(sums.Orders, sums.Revenue, null, null, orders.Count - kept.Count)
            : new(sums.Orders, sums.Revenue, SumOf(kept.Where(o => o.Refunded is not null), o => o.Refunded!.Value),
                asked.UnpaidOf(kept), orders.Count - kept.Count);
        // Whether one person has two addresses or two have one name, nobody can tell from here.
        var several = customer.Keys.Count > 1 ? $" {customer.Keys.Count} addresses have this name; all are counted." : "";
        return new(true, $"{spending}{sums.Besides}; {Plural.Of(sums.Pieces, "piece")}: {asked.Period.Words}."
                + AnswerTable.Also(asked.Untold(kept)) + several,
            ["", "placed", "total", "items", "state"],
            Cut(orders, o => new[]
                {
                    o.Number, $"{asked.Shop.Calendar.Day(o.PlacedAt):d MMM yyyy}", o.Total.ToString(), OrderAnswers.ItemsOf(o, asked.Shop),
                    OrderAnswers.StateOf(o, asked.Shop),
                },
                rest => ["", new Money(rest.Sum(o => o.Total.Minor), asked.Shop.Currency).ToString()]), ["orders"], [])
        {
            Figure = asked.HasArticles ? sums.Pieces : sums.Orders,
        };
    }

    private Money SumOf(IEnumerable<OrderRow> orders, Func<OrderRow, Money> amount) => new(
        orders.Select(amount).Where(a => a.Currency == asked.Shop.Currency).Sum(a => a.Minor), asked.Shop.Currency);

    private static string Span(TimeSpan time) =>
        time.TotalDays >= 2 ? $"{(int)time.TotalDays} days"
        : time.TotalHours >= 2 ? $"{(int)time.TotalHours} hours"
        : $"{Math.Max(1, (int)time.TotalMinutes)} minutes";
}
