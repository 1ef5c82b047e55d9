using System.Collections.Concurrent;

namespace OpsChat.Testing.Telegram;

/// <summary>What goes wrong with one call. Closed.</summary>
public abstract record Fault
{
    private Fault() { }

    /// <summary>429: nothing is done, wait so many seconds.</summary>
    public sealed record TooManyRequests(int RetryAfter) : Fault;

    /// <summary>Any other refusal, in Telegram's words; nothing is done.</summary>
    public sealed record Refuse(int Code, string Description) : Fault;

    /// <summary>A 5xx with an HTML page as proxies send; the work is done first when <paramref name="AfterWork"/>.</summary>
    public sealed record ServerError(int Status, bool AfterWork = false) : Fault;

    /// <summary>No answer, for as long as the client waits.</summary>
    public sealed record HangUntilGone(bool AfterWork) : Fault;

    /// <summary>The work is done at once, and the answer comes so much later.</summary>
    public sealed record AnswerLate(TimeSpan After) : Fault;

    /// <summary>The work is done at once, and the answer comes when a test says so.</summary>
    public sealed record AnswerWhen(Task Said) : Fault;

    /// <summary>The connection breaks without an answer.</summary>
    public sealed record Drop(bool AfterWork) : Fault;

    public static Fault Hang { get; } = new HangUntilGone(AfterWork: false);
    public static Fault HangAfterWork { get; } = new HangUntilGone(AfterWork: true);
    public static Fault DropBeforeWork { get; } = new Drop(AfterWork: false);
    public static Fault DropAfterWork { get; } = new Drop(AfterWork: true);

    /// <summary>Whether the method is carried out although the client hears nothing of it.</summary>
    public bool WorkIsDone =>
        this
            is AnswerLate
                or AnswerWhen
                or ServerError { AfterWork: true }
                or HangUntilGone { AfterWork: true }
                or Drop { AfterWork: true };
}

/// <summary>The script of what goes wrong, by method: each entry is for one call, in order; then all is well again.</summary>
public sealed class Faults
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _scripts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Fault> _byText = new(StringComparer.Ordinal);

    public void Next(string method, Fault fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            ScriptOf(method).Enqueue(fault);
        }
    }

    /// <summary>Happens to the next message whose text, as it is sent, contains these words, whatever else is sent before it.</summary>
    public void NextWith(string words, Fault fault) => _byText[words] = fault;

    /// <summary>How many scripted faults of this method no call has met yet.</summary>
    public int Waiting(string method) => ScriptOf(method).Count;

    public Fault? Take(string method) =>
        _scripts.TryGetValue(method, out var script) && script.TryDequeue(out var fault) ? fault : null;

    /// <param name="text">What the call sends; null when it sends none.</param>
    public Fault? Take(string method, string? text)
    {
        var words = method == "sendMessage" && text is not null ? _byText.Keys.FirstOrDefault(text.Contains) : null;
        return words is not null && _byText.TryRemove(words, out var fault) ? fault : Take(method);
    }

    private ConcurrentQueue<Fault> ScriptOf(string method) => _scripts.GetOrAdd(method, _ => new());
}
