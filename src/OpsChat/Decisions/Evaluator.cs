using System.Diagnostics;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>A labelled message of an <c>eval</c> file; null where the file does not say.</summary>
public sealed record LabelledMessage(string Text, string? Issue, string? Financial, string? Lang);

/// <summary>Runs labelled messages through understanding and gate, sends nothing, and turns the result into figures.</summary>
public static class Evaluator
{
    // Code that runs for the first time is compiled while it runs; the time of a message is that of a host that has been up for a minute.
    private const int MostToWarmUp = 1000;

    private static readonly AssumedLookups s_assumed = new();

    /// <param name="progress">Called with the number of messages done, now and then.</param>
    /// <param name="encoder">The one that <paramref name="knowledge"/> was learned with; null for none.</param>
    public static EvaluationReport Run(
        PlaybookSnapshot knowledge,
        TimeSpan training,
        IReadOnlyList<LabelledMessage> messages,
        DateTimeOffset now,
        bool withRows,
        Action<int>? progress = null,
        TimedEncoder? encoder = null
    )
    {
        foreach (var message in messages.Take(MostToWarmUp))
        {
            Decide(knowledge, message.Text, now);
        }

        encoder?.Restart();
        var rows = new List<EvaluatedRow>(messages.Count);
        var watch = Stopwatch.StartNew();
        foreach (var message in messages)
        {
            rows.Add(Row(Decide(knowledge, message.Text, now), message));
            if (rows.Count % 500 == 0)
            {
                progress?.Invoke(rows.Count);
            }
        }

        var cheap = watch.Elapsed - (encoder?.Elapsed ?? TimeSpan.Zero);
        return Evaluation.Report(rows, cheap.TotalMicroseconds / Math.Max(1, messages.Count), training.TotalMilliseconds, withRows) with
        {
            Encoder = encoder?.Figures,
        };
    }

    /// <summary>A first message in the canary arm, at full autonomy, with every fact that the playbook needs assumed to be there.</summary>
    private static TurnDecision Decide(PlaybookSnapshot knowledge, string text, DateTimeOffset now) =>
        // Nothing is waited for: the look-ups answer at once.
        new Trial(knowledge, s_assumed, new MomentClock(now)) { AsksWhoFirst = false, Autonomy = Autonomy.Full }
            .SaysAsync(text, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>A message that is taken for several matters is judged by the one that its label names, if it is among them.</summary>
    private static EvaluatedRow Row(TurnDecision all, LabelledMessage message)
    {
        var done = all.Matters.FirstOrDefault(matter => matter.Choice.Playbook?.Issue == message.Issue) ?? all;
        var best = done.Reading.Issues.Count > 0 ? done.Reading.Issues[0] : null;
        var playbook = done.Choice.Playbook;
        return new(
            message.Text, message.Issue, message.Financial, message.Lang, best?.Issue, best?.Confidence ?? 0, playbook?.Issue,
            done.Reading.Money.Sense == MoneySense.Moves || playbook?.Settings.Financial == FinancialUse.Action,
            done.Decision.Verdict.Name, done.Reading.Language);
    }
}
