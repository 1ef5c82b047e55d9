namespace OpsChat.Understanding;

/// <summary>
/// Accounts for every clause of a message, so that no wish is dropped because another part of the message could be answered. A clause is
/// explained when it is about an answered matter, is a courtesy, gives details of an order or customer, or only tells (it asks for nothing and
/// names no goods). What is left is for a person. Pure, given what <paramref name="issuesOf"/> says.
/// </summary>
/// <param name="issuesOf">The issues that a text may be about, best first, with calibrated confidences.</param>
public sealed class ClauseAccount(Func<string, IReadOnlyList<IssueScore>> issuesOf)
{
    /// <summary>
    /// Below this a clause is hardly about an answered issue. Clauses are short, and their confidences low: a part of one long question must not
    /// look like a second one.
    /// </summary>
    public const double Belongs = 0.15;

    /// <summary>The clauses that nothing explains, in the order of the text; empty when the answers account for all of it.</summary>
    /// <param name="answered">The issues that are answered. A message of one clause about one of them leaves no rest.</param>
    public IReadOnlyList<string> Rest(string text, IReadOnlySet<string> answered)
    {
        var clauses = Clauses.All(text);
        return clauses.Count < 2 ? [] : [.. clauses.Where(clause => !IsExplained(text, clause, answered))];
    }

    private bool IsExplained(string text, string clause, IReadOnlySet<string> answered) =>
        IsDetail(clause)
        || SmallTalkDetector.Of(clause) != SmallTalk.None
        || IsOfAnAnswer(clause, answered)
        || (MoneyDetector.Read(clause).Sense != MoneySense.Moves && !Clauses.IsAsked(text, clause) && !RequestDetector.MayAsk(clause));

    /// <summary>A clause that moves money belongs to an answered issue only when it is about that more than about any other.</summary>
    private bool IsOfAnAnswer(string clause, IReadOnlySet<string> answered) =>
        issuesOf(clause).Take(MoneyDetector.Read(clause).Sense == MoneySense.Moves ? 1 : int.MaxValue)
            .Any(issue => answered.Contains(issue.Issue) && issue.Confidence >= Belongs);

    /// <summary>An order's number, an address or a telephone and nothing else.</summary>
    private static bool IsDetail(string clause)
    {
        var details = EntityExtractor.Read(clause);
        return details.OrderNumbers.Count + details.Emails.Count + details.PhoneEndings.Count > 0
            && Tokens
                .Of(IssueText.Of(clause))
                .TrueForAll(token =>
                    !char.IsLetter(token[0]) || details.Emails.Any(mail => mail.Contains(token, StringComparison.Ordinal))
                );
    }
}
