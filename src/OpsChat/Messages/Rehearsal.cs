using System.Diagnostics;
using OpsChat.Canary;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Gate;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Messages;

/// <summary>
/// Steps 2 to 7 of the pipeline on a single message, by the same code, without store and channel: for <c>eval</c>, where the needed facts
/// are assumed to be there, and for the playbooks' own tests, where they come from the shop.
/// </summary>
public sealed class Rehearsal(PlaybookSnapshot knowledge, DateTimeOffset now)
{
    private static readonly ConversationId s_nobody = new("rehearsal", "nobody");

    public sealed record Rehearsed(Reading Reading, Playbook? Playbook, Draft Draft, Decision Decision);

    /// <summary>The decision on a first message, in the canary arm, with every fact that the playbook needs assumed to be there.</summary>
    public Rehearsed WithAssumedFacts(string text)
    {
        var turn = TurnOf(text);
        var reading = knowledge.Reader.Read(turn.Text);
        var choice = AtFullAutonomy(PlaybookChoice.Make(reading, turn, knowledge));
        var facts = new FactSet((choice.Playbook?.FactNames() ?? new HashSet<string>()).Select(Assumed).Concat(knowledge.Shop.Facts(now, reading.Language)));
        return Decide(turn, reading, choice, new(facts, null, IdentityState.Nothing, [], null, null, false), facts);
    }

    /// <summary>The decision on a first message with facts from the shop. The identity question before an approval is left out: a test is about where a message ends.</summary>
    public async Task<Rehearsed> WithShopAsync(string text, IShop shop, TimeProvider time, CancellationToken cancellationToken)
    {
        var turn = TurnOf(text);
        var reading = knowledge.Reader.Read(turn.Text);
        var choice = PlaybookChoice.Make(reading, turn, knowledge);
        var gatherer = new FactGatherer(shop, time, (_, _) => Task.FromResult(0));
        var gathered = await gatherer.GatherAsync(
            new(choice.Playbook?.FactNames() ?? new HashSet<string>(), reading, turn.Text, "", null, 0, IdentityState.Nothing), knowledge.Policy, cancellationToken);
        return Decide(turn, reading, choice, gathered, gathered.Facts.With(knowledge.Shop.Facts(now, reading.Language)));
    }

    private Rehearsed Decide(Turn turn, Reading reading, PlaybookChoice choice, GatheredFacts gathered, FactSet facts)
    {
        var supportCase = new Case { Id = "rehearsal", Conversation = s_nobody, Playbook = "", Version = "", Words = turn.Text };
        var guarded = DraftWriter.Write(new(reading, choice.Playbook, supportCase, facts, gathered, knowledge));
        var input = TurnGate.Input(turn, reading, choice, supportCase, gathered, guarded, new(0, 100, Arm.Canary, 1), SpotCheckDraw.No, now);
        return new(reading, choice.Playbook, guarded.Draft, ReplyGate.Decide(input with { QuestionProvesIdentity = false }));
    }

    private Turn TurnOf(string text) => new(
        "rehearsal", new() { Id = s_nobody, CreatedAt = now, LastAt = now }, [new("rehearsal", s_nobody, 1, new(text), [], now)], [], new HashSet<string>(), IsPaused: false);

    private static PlaybookChoice AtFullAutonomy(PlaybookChoice choice) =>
        choice with { Playbook = choice.Playbook is { } playbook ? playbook with { Settings = playbook.Settings with { Autonomy = Autonomy.Full } } : null };

    private static Fact Assumed(string name) => new(name, FactNames.All.TryGetValue(name, out var known) ? known.Kind switch
    {
        FactKind.Number => FactValue.Of(1m),
        FactKind.Amount => FactValue.Of(new Money(1000, "USD")),
        FactKind.Day => FactValue.Of(new DateOnly(2026, 1, 1)),
        FactKind.Flag => FactValue.Of(false),
        FactKind.Words => FactValue.Of(["one"]),
        _ => FactValue.Of("known"),
    } : FactValue.Of("known"), "assumed", DateTimeOffset.UnixEpoch);
}

/// <summary>A labelled message of an <c>eval</c> file; null where the file does not say.</summary>
public sealed record LabelledMessage(string Text, string? Issue, string? Financial, string? Lang);

/// <summary>Measures how long the encoder takes for messages; for one thread at a time.</summary>
/// <param name="ofMessages">Without a memory: a message that was seen before would take no time.</param>
public sealed class TimedEncoder(ISentenceEncoder ofOwnTexts, ISentenceEncoder ofMessages) : ISentenceEncoder
{
    private readonly Stopwatch _watch = new();
    private int _asked;

    public TimeSpan Elapsed => _watch.Elapsed;

    public EncoderFigures Figures => new(_asked, _watch.Elapsed.TotalMicroseconds / Math.Max(1, _asked));

    public IReadOnlyList<float[]> EncodeOwn(IReadOnlyList<string> texts) => ofOwnTexts.EncodeOwn(texts);

    public float[] Encode(string message)
    {
        _watch.Start();
        var vector = ofMessages.Encode(message);
        _watch.Stop();
        _asked++;
        return vector;
    }

    public void Restart()
    {
        _watch.Reset();
        _asked = 0;
    }
}

/// <summary>Runs labelled messages through understanding and gate, sends nothing, and turns the result into figures.</summary>
public static class Evaluator
{
    // Code that runs for the first time is compiled while it runs; the time of a message is that of a host that has been up for a minute.
    private const int MostToWarmUp = 1000;

    /// <param name="encoder">The one that <paramref name="knowledge"/> was learned with; null for none.</param>
    /// <param name="progress">Called with the number of messages done, now and then.</param>
    public static EvaluationReport Run(PlaybookSnapshot knowledge, TimeSpan training, IReadOnlyList<LabelledMessage> messages, DateTimeOffset now, bool withRows, Action<int>? progress = null, TimedEncoder? encoder = null)
    {
        var rehearsal = new Rehearsal(knowledge, now);
        foreach (var message in messages.Take(MostToWarmUp))
        {
            rehearsal.WithAssumedFacts(message.Text);
        }

        encoder?.Restart();
        var rows = new List<EvaluatedRow>(messages.Count);
        var watch = Stopwatch.StartNew();
        foreach (var message in messages)
        {
            rows.Add(Row(rehearsal, message));
            if (rows.Count % 500 == 0)
            {
                progress?.Invoke(rows.Count);
            }
        }

        var cheap = watch.Elapsed - (encoder?.Elapsed ?? TimeSpan.Zero);
        return Evaluation.Report(rows, cheap.TotalMicroseconds / Math.Max(1, messages.Count), training.TotalMilliseconds, withRows) with { Encoder = encoder?.Figures };
    }

    private static EvaluatedRow Row(Rehearsal rehearsal, LabelledMessage message)
    {
        var done = rehearsal.WithAssumedFacts(message.Text);
        var best = done.Reading.Issues.Count > 0 ? done.Reading.Issues[0] : null;
        return new(
            message.Text, message.Issue, message.Financial, message.Lang, best?.Issue, best?.Confidence ?? 0, done.Playbook?.Issue,
            done.Reading.Money.Sense == MoneySense.Moves || done.Playbook?.Settings.Financial == FinancialUse.Action,
            done.Decision.Verdict.Name, done.Reading.Language);
    }
}
