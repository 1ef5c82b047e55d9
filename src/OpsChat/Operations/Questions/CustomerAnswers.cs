using OpsChat.Operations.History;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about what customers wrote: in chats by issue, in reviews by stars. Their words stay where they are.</summary>
internal sealed class CustomerAnswers(AskedOfShop asked)
{
    /// <summary>So many stars and fewer are a bad review.</summary>
    private const int FewStars = 3;

    public OwnerAnswer Contacts()
    {
        var contacts = asked.Shop.ContactsSince(asked.Shop.Calendar.Start(asked.Period.From))
            .Where(c => asked.Shop.Calendar.Day(c.At) <= asked.Period.To
                && asked.IsAbout(c.Sku) && (asked.Question.Carrier is not { } carrier || c.Carrier == carrier)
                && (asked.Question.Scope.Region is not { } region || c.Region == region))
            .ToList();
        var issues = contacts.GroupBy(c => c.Issue, StringComparer.Ordinal)
            .Select(g => (Issue: g.Key, Customers: g.Select(c => c.Customer).Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(g => g.Customers).ThenBy(g => g.Issue, StringComparer.Ordinal).ToList();
        var customers = contacts.Select(c => c.Customer).Distinct(StringComparer.Ordinal).Count();
        var most = issues.Count > 0 ? $", most about {issues[0].Issue}" : "";
        return Table($"{customers} customers wrote{asked.Of}{most}: {asked.Period.Words}.", ["", "customers"],
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
        return Table($"{bad.Count} of {reviews.Count} reviews{asked.Of} have {FewStars} stars or fewer: {asked.Period.Words}.", ["", "bad", "of"],
            bad.GroupBy(r => r.Sku, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new[] { g.Key, Whole(g.Count()), Whole(reviews.Count(r => r.Sku == g.Key)) }), "reviews") with { Figure = bad.Count };
    }
}
