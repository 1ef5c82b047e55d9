using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Which playbook answers a turn, which case it belongs to, and why. Pure.</summary>
/// <param name="Playbook">Null: none, and nobody guesses.</param>
/// <param name="Case">The open case that the turn joins; null when it opens a new one.</param>
public sealed record PlaybookChoice(Playbook? Playbook, Case? Case, string Because)
{
    /// <summary>Who chose. What a model chose is a stratum of its own in the canary.</summary>
    public ReadBy ReadBy { get; init; }

    /// <summary>The choice that a model made where the classifier made none. It begins a case of its own, so that its evidence stays apart.</summary>
    public PlaybookChoice ByModel(ModelReading reading, PlaybookSnapshot knowledge) => reading.Issue is { } issue && knowledge.Playbooks.Find(issue) is { } playbook
        ? new(playbook, null, $"The classifier was not sure, and the model read “{reading.Quote}”.") { ReadBy = ReadBy.Model }
        : this;

    // Longer texts with a detail in them are messages of their own, not answers to our question.
    private const int MostWordsOfAnAnswer = 15;

    /// <summary>The same choice at another autonomy than the playbook's own; null leaves it.</summary>
    public PlaybookChoice With(Autonomy? autonomy) =>
        autonomy is { } other && Playbook is { } playbook ? this with { Playbook = playbook with { Settings = playbook.Settings with { Autonomy = other } } } : this;

    public static PlaybookChoice Make(Reading reading, Turn turn, PlaybookSnapshot knowledge)
    {
        var latest = turn.Cases.Count > 0 ? turn.Cases[0] : null;
        var chosen = knowledge.Reader.Choose(reading) is { } issue ? knowledge.Playbooks.Find(issue) : null;

        if (latest is { Awaiting.Count: > 0 } asked && AnswersOurQuestion(reading, turn, asked))
        {
            return new(knowledge.Playbooks.Find(asked.Playbook), asked, "It answers the question of the open case.");
        }

        if (chosen is not null)
        {
            var open = turn.Cases.FirstOrDefault(c => c.Playbook == chosen.Issue && c.Version == chosen.Version);
            return new(chosen, open, $"Confidence {reading.Issues[0].Confidence:0.00} is above the threshold.");
        }

        return reading.SmallTalk != SmallTalk.None
            ? new(null, latest, $"{reading.SmallTalk}: it belongs to the open case and needs no playbook.")
            : new(null, latest, reading.Issues.Count > 0
                ? $"The best guess, {reading.Issues[0].Issue}, has confidence {reading.Issues[0].Confidence:0.00}: below the threshold."
                : "No playbook is near.");
    }

    /// <summary>A detail that we asked for, in a short message that does not start a money matter of its own.</summary>
    private static bool AnswersOurQuestion(Reading reading, Turn turn, Case asked)
    {
        var newMoney = reading.Money.Sense == MoneySense.Moves && !asked.MovesMoney;
        var words = turn.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var entities = reading.Entities;
        var givesDetail = entities.OrderNumbers.Count + entities.Emails.Count + entities.PhoneEndings.Count + entities.Skus.Count > 0;
        var isOnlyADetail = reading.SmallTalk == SmallTalk.None && words <= 4 && !asked.Awaiting.Contains(Facts.SuppliedItem.OrderNumber);
        return !newMoney && words <= MostWordsOfAnAnswer && (givesDetail || isOnlyADetail);
    }
}
