namespace OpsChat.Testing.Telegram;

/// <summary>At most so many in so long.</summary>
public sealed record Rate(int Count, TimeSpan Period);

/// <summary>
/// How fast the bot may write. Telegram documents about one message a second in a chat, 20 a minute in a group and 30 a second overall, and lets
/// short bursts pass: so the numbers of a chat are taken over some seconds.
/// </summary>
public sealed record Rates(Rate? PerChat, Rate? PerGroup, Rate? Overall)
{
    public static Rates Documented { get; } =
        new(new Rate(6, TimeSpan.FromSeconds(4)), new Rate(20, TimeSpan.FromMinutes(1)), new Rate(40, TimeSpan.FromSeconds(1)));

    public static Rates Off { get; } = new(null, null, null);
}

/// <summary>Counts what was sent and refuses the surplus with 429. Guarded by the world's lock.</summary>
public sealed class FloodControl(Rates rates)
{
    private readonly Dictionary<string, List<DateTimeOffset>> _sent = [];

    /// <param name="isNewMessage">False for an edit, which a group's minute doesn't count.</param>
    public void Admit(long chatId, bool isNewMessage, DateTimeOffset now)
    {
        var counters = new (string Key, Rate? Rate)[]
        {
            ("all", rates.Overall),
            ($"chat {chatId}", rates.PerChat),
            ($"group {chatId}", chatId < 0 && isNewMessage ? rates.PerGroup : null),
        };
        var wait = counters.Max(c => WaitFor(c.Key, c.Rate, now));
        if (wait > TimeSpan.Zero)
        {
            throw BotApiException.TooManyRequests((int)Math.Ceiling(wait.TotalSeconds));
        }

        foreach (var (key, _) in counters.Where(c => c.Rate is not null))
        {
            _sent[key].Add(now);
        }
    }

    private TimeSpan WaitFor(string key, Rate? rate, DateTimeOffset now)
    {
        if (rate is null)
        {
            return TimeSpan.Zero;
        }

        var sent = _sent.TryGetValue(key, out var known) ? known : _sent[key] = [];
        sent.RemoveAll(at => at + rate.Period <= now);
        return sent.Count < rate.Count ? TimeSpan.Zero : sent[^rate.Count] + rate.Period - now;
    }
}
