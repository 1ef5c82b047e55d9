using OpsChat.Drafting;

namespace OpsChat.Models.Jobs;

/// <summary>
/// Tokens and money that the model may use today (UTC), in all and for one conversation. A call reserves its worst case before it is
/// made and settles for what it used, so that calls side by side cannot overspend together.
/// </summary>
public sealed class ModelBudget(ModelOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _conversations = [];
    private DateOnly _day;
    private long _tokens;
    private decimal _cost;

    /// <summary>Counts calls made before a restart; those of other days are ignored.</summary>
    public void Restore(IEnumerable<ModelUse> uses)
    {
        lock (_lock)
        {
            Turn();
            foreach (var use in uses.Where(u => DateOnly.FromDateTime(u.At.UtcDateTime) == _day))
            {
                Add(use.Conversation, use.Tokens, use.Cost);
            }
        }
    }

    /// <summary>Tokens and cost so far today, reservations included.</summary>
    public (long Tokens, decimal Cost) Today
    {
        get
        {
            lock (_lock)
            {
                Turn();
                return (_tokens, _cost);
            }
        }
    }

    /// <summary>A reservation, or null when the call could go over one of the limits.</summary>
    /// <param name="input">Tokens of the prompt, estimated.</param>
    internal Reservation? Reserve(string conversation, long input)
    {
        var tokens = input + options.MaxOutputTokens;
        var cost = options.CostOf(input, options.MaxOutputTokens);
        lock (_lock)
        {
            Turn();
            var isOver = _tokens + tokens > options.DailyTokens
                || _conversations.GetValueOrDefault(conversation) + tokens > options.ConversationTokens
                || _cost + cost > (options.DailyCost ?? decimal.MaxValue);
            if (isOver)
            {
                return null;
            }
            Add(conversation, tokens, cost);
            return new(this, _day, conversation, tokens, cost);
        }
    }

    private void Add(string conversation, long tokens, decimal cost)
    {
        _tokens += tokens;
        _cost += cost;
        _conversations[conversation] = _conversations.GetValueOrDefault(conversation) + tokens;
    }

    // A new day begins with empty counts; so the conversations kept are those of one day.
    private void Turn()
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (today != _day)
        {
            (_day, _tokens, _cost) = (today, 0, 0);
            _conversations.Clear();
        }
    }

    /// <summary>The worst case of one call, until <see cref="Settle"/> says what it really used.</summary>
    internal sealed record Reservation(ModelBudget Budget, DateOnly Day, string Conversation, long Tokens, decimal Cost)
    {
        public void Settle(long tokens, decimal cost)
        {
            lock (Budget._lock)
            {
                Budget.Turn();
                // A call over midnight was reserved on a day that is gone.
                if (Budget._day == Day)
                {
                    Budget.Add(Conversation, tokens - Tokens, cost - Cost);
                }
            }
        }
    }
}
