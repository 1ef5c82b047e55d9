using OpsChat.Drafting;

namespace OpsChat.Models.Jobs;

/// <summary>Where it is counted what the model used of a day: in memory, or in a store that hosts share.</summary>
public interface IModelLedger
{
    /// <summary>Counts what a call may use at worst, if it fits into what is left.</summary>
    /// <param name="fits">Judges what was counted that day so far: in all, and for this conversation.</param>
    /// <returns>False when it does not fit: nothing is counted.</returns>
    ValueTask<bool> TryAddAsync(
        DateOnly day,
        string conversation,
        ModelSpend worst,
        Func<ModelSpend, ModelSpend, bool> fits,
        CancellationToken cancellationToken
    );

    /// <summary>Puts right what was counted for a call that has ended. It never fails: what cannot be put right stays as it was counted.</summary>
    Task CorrectAsync(DateOnly day, string conversation, ModelSpend difference);
}

/// <summary>
/// Tokens and money that the model may use today (UTC), in all and for one conversation. A call reserves its worst case before it is
/// made and settles for what it used, so that calls side by side cannot overspend together.
/// </summary>
/// <param name="ledger">Null counts in memory.</param>
public sealed class ModelBudget(ModelOptions options, TimeProvider clock, IModelLedger? ledger = null)
{
    private readonly IModelLedger _ledger = ledger ?? new ModelLedger();

    /// <summary>A reservation, or null when the call could go over one of the limits.</summary>
    /// <param name="input">Tokens of the prompt, estimated.</param>
    internal async ValueTask<Reservation?> ReserveAsync(string conversation, long input, CancellationToken cancellationToken)
    {
        var worst = new ModelSpend(input + options.MaxOutputTokens, options.CostOf(input, options.MaxOutputTokens));
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var fits = await _ledger.TryAddAsync(
            day,
            conversation,
            worst,
            (all, own) => Fits(all + worst) && (own + worst).Tokens <= options.ConversationTokens,
            cancellationToken
        );
        return fits ? new(_ledger, day, conversation, worst) : null;
    }

    private bool Fits(ModelSpend all) => all.Tokens <= options.DailyTokens && all.Cost <= (options.DailyCost ?? decimal.MaxValue);

    /// <summary>The worst case of one call, until <see cref="SettleAsync"/> says what it really used.</summary>
    internal sealed record Reservation(IModelLedger Ledger, DateOnly Day, string Conversation, ModelSpend Worst)
    {
        public Task SettleAsync(ModelSpend used) => Ledger.CorrectAsync(Day, Conversation, used - Worst);
    }
}

/// <summary>Counts in memory, for one host. A new day begins with empty counts; so the conversations kept are those of one day.</summary>
public sealed class ModelLedger : IModelLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ModelSpend> _conversations = [];
    private DateOnly _day;
    private ModelSpend _all;

    /// <param name="uses">Calls of today that were made before a restart; those of other days are ignored.</param>
    public static ModelLedger After(IEnumerable<ModelUse> uses, DateOnly today)
    {
        var ledger = new ModelLedger();
        foreach (var use in uses.Where(u => DateOnly.FromDateTime(u.At.UtcDateTime) == today))
        {
            ledger.Add(today, use.Conversation, new(use.Tokens, use.Cost));
        }

        return ledger;
    }

    /// <summary>Tokens and cost so far that day, reservations included.</summary>
    public ModelSpend Of(DateOnly day)
    {
        lock (_lock)
        {
            return day == _day ? _all : default;
        }
    }

    public ValueTask<bool> TryAddAsync(
        DateOnly day,
        string conversation,
        ModelSpend worst,
        Func<ModelSpend, ModelSpend, bool> fits,
        CancellationToken cancellationToken
    )
    {
        lock (_lock)
        {
            var isToday = day == _day;
            var does = fits(isToday ? _all : default, isToday ? _conversations.GetValueOrDefault(conversation) : default);
            if (does)
            {
                Add(day, conversation, worst);
            }

            return new(does);
        }
    }

    public Task CorrectAsync(DateOnly day, string conversation, ModelSpend difference)
    {
        lock (_lock)
        {
            // A call over midnight was reserved on a day that is gone.
            if (day == _day)
            {
                Add(day, conversation, difference);
            }
        }

        return Task.CompletedTask;
    }

    private void Add(DateOnly day, string conversation, ModelSpend more)
    {
        if (day != _day)
        {
            (_day, _all) = (day, default);
            _conversations.Clear();
        }

        _all += more;
        _conversations[conversation] = _conversations.GetValueOrDefault(conversation) + more;
    }
}
