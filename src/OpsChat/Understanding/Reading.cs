namespace OpsChat.Understanding;

/// <summary>What a message says about money: nothing, a question about written terms or prices, or that money or goods shall move.</summary>
public enum MoneySense { None, Asks, Moves }

/// <summary>Greetings, thanks and nudges belong to the open case; they are neither an issue nor out of scope.</summary>
public enum SmallTalk { None, Greeting, Thanks, Nudge, Goodbye, Acknowledgement }

public enum Tone { Calm, Upset, Angry }

/// <summary>Threats that only a person may answer.</summary>
public enum Threat { None, Legal, Press, Chargeback, Violence }

/// <summary>One issue that the message may be about.</summary>
/// <param name="Issue">Playbook name.</param>
/// <param name="Confidence">Calibrated probability, 0 to 1, that this playbook is the right one.</param>
public sealed record IssueScore(string Issue, double Confidence);

/// <summary>An example phrase close to the message, for the explanation.</summary>
/// <param name="Similarity">0 to 1.</param>
public sealed record NearExample(string Issue, string Phrase, double Similarity);

/// <summary>A word or piece that counted for the best issue, for the explanation.</summary>
public sealed record WeighedWord(string Word, double Weight);

/// <summary>The detector's finding on money in one text, with the words that led to it.</summary>
/// <param name="Score">0 to 1: how sure the detector is of <paramref name="Sense"/>.</param>
public sealed record MoneyReading(MoneySense Sense, double Score, IReadOnlyList<string> Words)
{
    public static MoneyReading Nothing { get; } = new(MoneySense.None, 1, []);

    /// <summary>The natural logarithm of the odds by which the learned model takes a message for a wish; 0 where it is none, or a draft.</summary>
    public double LogOdds { get; init; }

    /// <summary>What is wished, as the lists call it (<c>moves-payment</c>); empty where the learned model alone hears a wish.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Where the learned model alone hears a wish: whether the lists hear a question about money beside it.</summary>
    public bool AsksToo { get; init; }
}

/// <summary>Feeling, threats and the wish for a person, each with the words that led to it.</summary>
public sealed record MoodReading(Tone Tone, Threat Threat, bool WantsPerson, bool IsComplaint, IReadOnlyList<string> Words)
{
    public static MoodReading Calm { get; } = new(Tone.Calm, Threat.None, false, false, []);
}

/// <summary>Details in the text that identify an order, a customer or a product.</summary>
/// <param name="OrderNumbers">As written, normalised to <c>#1001</c> form (letters kept: <c>#W2611340</c>).</param>
/// <param name="PhoneEndings">Last four digits of phone numbers, or four digits offered as such.</param>
public sealed record EntityReading(
    IReadOnlyList<string> OrderNumbers, IReadOnlyList<string> Emails, IReadOnlyList<string> PhoneEndings, IReadOnlyList<string> Skus)
{
    public static EntityReading Nothing { get; } = new([], [], [], []);
}

/// <summary>What was read from one turn of a customer. Made once by <c>MessageReader</c>; every later step uses it.</summary>
/// <param name="Language">BCP 47 tag, or <c>und</c> when the text is too short to tell.</param>
/// <param name="LanguageScore">0 to 1.</param>
/// <param name="Issues">Best first, at most five, confidences calibrated. Empty when nothing is known about any issue.</param>
/// <param name="SeveralIssues">The issues when the message is about more than one; else empty.</param>
public sealed record Reading(
    string Language,
    double LanguageScore,
    IReadOnlyList<IssueScore> Issues,
    IReadOnlyList<string> SeveralIssues,
    SmallTalk SmallTalk,
    MoneyReading Money,
    MoodReading Mood,
    EntityReading Entities,
    IReadOnlyList<NearExample> NearExamples,
    IReadOnlyList<WeighedWord> Words)
{
    /// <summary>The same with order numbers that stand in the words and were found by another reader.</summary>
    public Reading With(IReadOnlyList<string> orderNumbers) =>
        this with { Entities = Entities with { OrderNumbers = [.. Entities.OrderNumbers.Union(orderNumbers, StringComparer.OrdinalIgnoreCase)] } };

    /// <summary>The confidence from which a playbook is chosen for this message, 0 to 1; null in readings that were stored before it was
    /// kept.</summary>
    public double? Threshold { get; init; }

    /// <summary>Its words are too few to say in which language the conversation goes on.</summary>
    public bool IsLanguageOfOneMessage { get; init; }

    /// <summary>Whether it takes back what waits of this customer; <see cref="Withdrawal.None"/> where nothing waits.</summary>
    public Withdrawal Withdrawal { get; init; }

    /// <summary>What makes up the confidence of the best issue.</summary>
    public IReadOnlyList<WeighedEvidence> Evidence { get; init; } = [];

    /// <summary>All that this reading took from the sentence encoder, to be recorded with the turn; null when no encoder takes part.</summary>
    public EncoderAnswers? Encoder { get; init; }

    /// <summary>The same, recorded with what the encoder said of the other one.</summary>
    public Reading WithAnswersOf(Reading other) =>
        other.Encoder is { } more ? this with { Encoder = Encoder?.With(more) ?? more } : this;
}
