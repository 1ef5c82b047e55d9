using System.Data.Common;
using System.Globalization;
using Dapper;
using OpsChat.Drafting;

namespace OpsChat.Storage.Tables;

/// <summary>What the model has used of a day's budget where hosts share it, reservations included: in all, and for each conversation.</summary>
public sealed class ModelSpendTable(DbConnection db)
{
    // No conversation is named like that.
    private const string All = "";

    /// <summary>What was counted that day in all, null when nothing was yet, and for a conversation.</summary>
    public (ModelSpend? All, ModelSpend Conversation) Of(DateOnly day, string conversation)
    {
        var counted = Counted(day, conversation);
        return (counted.TryGetValue(All, out var all) ? all : null, counted.GetValueOrDefault(conversation));
    }

    /// <summary>Counts it in all and for its conversation.</summary>
    public void Add(DateOnly day, string conversation, ModelSpend more)
    {
        var counted = Counted(day, conversation);
        Set(day, Counts(conversation).Select(whose => (whose, counted.GetValueOrDefault(whose) + more)));
    }

    /// <summary>Forgets the days before yesterday: on a host whose clock is behind it may be yesterday still.</summary>
    public void Prune(DateOnly today) => db.RunUnheard("delete from model_spend where day < @yesterday", new { yesterday = Name(today.AddDays(-1)) });

    /// <summary>Corrects what was counted. A day that is forgotten stays so.</summary>
    public void Correct(DateOnly day, string conversation, ModelSpend difference) =>
        Set(day, Counted(day, conversation).Select(counted => (counted.Key, counted.Value + difference)));

    private static IEnumerable<string> Counts(string conversation) => new[] { All, conversation }.Distinct();

    private void Set(DateOnly day, IEnumerable<(string Whose, ModelSpend Sum)> counts)
    {
        foreach (var (whose, sum) in counts)
        {
            db.RunUnheard(
                """
                insert into model_spend (day, conversation, tokens, cost) values (@day, @whose, @Tokens, @cost)
                on conflict (day, conversation) do update set tokens = excluded.tokens, cost = excluded.cost
                """,
                new { day = Name(day), whose, sum.Tokens, cost = sum.Cost.ToString(CultureInfo.InvariantCulture) });
        }
    }

    private Dictionary<string, ModelSpend> Counted(DateOnly day, string conversation) =>
        db.Query<(string Conversation, long Tokens, decimal Cost)>(
            "select conversation, tokens, cost from model_spend where day = @day and (conversation = @All or conversation = @conversation)",
            new { day = Name(day), All, conversation })
            .ToDictionary(row => row.Conversation, row => new ModelSpend(row.Tokens, row.Cost));

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
