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
            : Upset().IsMatch(words) && !asked.Question.Asks("review") ? of.Heeded(of.WhoIsUpset, IsOfUpset,
                "of customers who wait I know whether their words are calm, and not by whom or what they are upset.")
            : !IsAboutAgent(words) ? null
            : Answering().IsMatch(words) && HowMany().IsMatch(words) ? of.Heeded(of.HowManyAnswered, IsOfAnswers,
                "what the agent answered is counted of all matters together, day by day.")
            : NotUnderstood(s_near) with
            {
                Title = "Of the agent I can tell how many matters it answered on some days, and why it was rolled back. What was wrong and of which "
                    + "kind, and who is answered, stands in the report; each conversation stands in the console.",
            };
    }

    private static readonly QuestionTopic[] s_near = [QuestionTopic.Waiting, QuestionTopic.Contacts, QuestionTopic.Approvals];

    /// <summary>The answer, which counts everything, unless the question has words that it does not heed.</summary>
    private OwnerAnswer Heeded(Func<OwnerAnswer> answer, Predicate<string> isOwn, string why) =>
        OtherWords.Of(asked.Question, isOwn) is { Count: > 0 } others
            ? NotUnderstood(s_near) with { Title = $"I cannot answer that for {OtherWords.InWords(others)}: {why}" }
            : answer();

    /// <summary>Resellers are agents too, where something is sold: several are this one only where they answer.</summary>
    private static bool IsAboutAgent(string words) => Agent().IsMatch(words) || (AgentsAnswer().IsMatch(words) && !Selling().IsMatch(words));

    private static bool IsOfAnswers(string word) => OwnOfAnswers().IsMatch(word);

    private static bool IsOfUpset(string word) => OwnOfUpset().IsMatch(word);

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
            Figure = asked.Question.Asks("wrong") ? wrong : answered,
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

    [GeneratedRegex("(?<= )(?:agent|(?:chat)?bot|opschat|the ai)(?='s| )")]
    private static partial Regex Agent();

    [GeneratedRegex(@"(?<= )agents(?: \S+){0,2}? (?:answer|repl|respond)|(?<= )(?:answered|replied to|replies|answers) by (?:\S+ )?agents(?= )")]
    private static partial Regex AgentsAnswer();

    [GeneratedRegex("(?<= )(?:orders?|ordered|sales?|sell|sold|revenue|turnover|buy|bought|commissions?)(?= )")]
    private static partial Regex Selling();

    private const string Writers = "customers?|clients?|buyers?|shoppers?|people|persons?|messages?|matters?|questions?|conversations?|chats?|cases?"
        + "|enquiry|enquiries|inquiry|inquiries|contacts?|list|show|tell|give|know|see|count|number|times?|total";

    /// <summary>Whose answers, and how many of what anybody may write.</summary>
    [GeneratedRegex("^(?:agents?|(?:chat)?bot|opschat|ai|(?:answer|repl|handl|respond|respons|serv).*|often"
        + "|automatically|itself|alone|own|wrong(?:ly)?|get|got|manage[ds]?|" + Writers + ")$")]
    private static partial Regex OwnOfAnswers();

    /// <summary>Who is not calm, and that they wait.</summary>
    [GeneratedRegex("^(?:angry|angriest|upset|furious|annoyed|wait(?:s|ing)?|wrote|writes?|writing|written|needs?|repl(?:y|ies)|answers?|feels?"
        + "|gets?|got|getting|names?|last|latest|" + Writers + ")$")]
    private static partial Regex OwnOfUpset();

    [GeneratedRegex("(?<= )(?:answer|repl(?:y|ie)|handl|respond|serv)")]
    private static partial Regex Answering();

    [GeneratedRegex("(?<= )(?:how many|how much|how often|number of|count)(?= )")]
    private static partial Regex HowMany();
}
