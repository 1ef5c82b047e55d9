using System.Text.RegularExpressions;
using OpsChat.Text;
using static OpsChat.Operations.Questions.AnswerTable;

namespace OpsChat.Operations.Questions;

/// <summary>Answers about the agent itself: whom it answered, and why it was taken back; and about customers who are not calm. What of it no record
/// tells is refused by name, with where it stands.</summary>
internal sealed partial class AgentAnswers(AskedOfShop asked)
{
    /// <summary>Null when the question is about none of this, or names articles too.</summary>
    public static OwnerAnswer? Of(AskedOfShop asked)
    {
        var (words, of) = (asked.Question.English, new AgentAnswers(asked));
        return asked.Question is not { Skus: [], UnreadDays: [] } ? null
            : RolledBack().IsMatch(words) ? of.WhyBack()
            : Upset().IsMatch(words) && !asked.Question.Asks("review") ? of.WhoIsUpset()
            : !Agent().IsMatch(words) ? null
            : Answering().IsMatch(words) && HowMany().IsMatch(words) ? of.HowManyAnswered()
            : NotUnderstood([QuestionTopic.Waiting, QuestionTopic.Contacts, QuestionTopic.Approvals]) with
            {
                Title = "Of the agent I can tell how many matters it answered on some days, and why it was rolled back. What was wrong and of which "
                    + "kind stands in `report`, who is answered in `canary status`, and each conversation in the console.",
            };
    }

    private OwnerAnswer WhyBack() => asked.Records.RolledBack is { Count: > 0 } standing
        ? new(true, string.Join(" ", standing), [], [], ["rollout"], [])
        : new(true, "Nothing stands rolled back because of wrong answers. What was changed, and by whom, stands in the report's list of changes.",
            [], [], ["rollout"], []);

    private OwnerAnswer HowManyAnswered()
    {
        var (period, from) = (asked.Period, asked.Records.AnsweredFrom);
        if (period.IsAhead || period.From > asked.Shop.Today)
        {
            return NotUnderstood([QuestionTopic.Waiting]) with { Title = $"Those days have not come yet: {period.Words}." };
        }

        var days = asked.Records.Answered.Where(d => d.Day >= period.From && d.Day <= period.To).ToList();
        var (cases, answered, wrong) = (days.Sum(d => d.Cases), days.Sum(d => d.Answered), days.Sum(d => d.Wrong));
        return new(
            true,
            $"The agent answered {answered} of {Plural.Of(cases, "matter")} that customers began: {period.Words}. "
                + $"{(wrong == 0 ? "None" : Whole(wrong))} of these {Verb(wrong == 1 ? 1 : 2, "is", "are")} known to be wrong so far."
                + (period.From < from ? $" I look back no further than {from:d MMM yyyy}." : ""),
            [], [], ["conversations"], [])
        {
            Figure = answered,
        };
    }

    /// <summary>Of those who wait: what became of the others is not kept by mood.</summary>
    private OwnerAnswer WhoIsUpset()
    {
        var waiting = asked.Records.Waiting.DistinctBy(m => m.Conversation).Where(m => m.Since <= asked.Shop.Now).ToList();
        var upset = waiting.FindAll(m => m.IsUpset && IsOfPeriod(m.LastAt));
        return Table(
            $"{Plural.Of(upset.Count, "customer")} who {Verb(upset.Count, "waits", "wait")} for a person {Verb(upset.Count, "is", "are")} upset"
                + $"{(asked.Question.Period is { } period ? $" and wrote: {period.Words}" : "")}. Of those who do not wait I cannot tell.",
            ["", "wrote last"],
            upset.OrderBy(m => m.Since).Select(m => new[] { m.Who, $"{asked.Shop.Calendar.Day(m.LastAt):d MMM}" }),
            "conversations") with
        {
            Figure = upset.Count,
            NamesCustomer = true,
        };
    }

    private bool IsOfPeriod(DateTimeOffset at) =>
        asked.Question.Period is not { } period || (asked.Shop.Calendar.Day(at) is var day && day >= period.From && day <= period.To);

    [GeneratedRegex("(?<= )(?:roll(?:ed|ing|s)? ?back|rollbacks?)(?= )")]
    private static partial Regex RolledBack();

    [GeneratedRegex("(?<= )(?:angry|angriest|upset|furious|annoyed)(?= )")]
    private static partial Regex Upset();

    [GeneratedRegex("(?<= )(?:agents?|(?:chat)?bot|opschat|the ai)(?='s| )")]
    private static partial Regex Agent();

    [GeneratedRegex("(?<= )(?:answer|repl(?:y|ie)|handl|respond|serv)")]
    private static partial Regex Answering();

    [GeneratedRegex("(?<= )(?:how many|how much|how often|number of|count)(?= )")]
    private static partial Regex HowMany();
}
