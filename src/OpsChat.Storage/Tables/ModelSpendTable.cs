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

    /// <summary>Null when nothing was counted that day yet.</summary>
    public ModelSpend? Of(DateOnly day) => Read(day, All);

    public ModelSpend Of(DateOnly day, string conversation) => Read(day, conversation) ?? new(0, 0);

    /// <summary>Counts it in all and for its conversation, and forgets the days before yesterday: on a host whose clock is behind it may be
    /// yesterday still.</summary>
    public void Add(DateOnly day, string conversation, ModelSpend more)
    {
        db.Run("delete from model_spend where day < @yesterday", new { yesterday = Name(day.AddDays(-1)) });
        foreach (var whose in Counts(conversation))
        {
            Set(day, whose, Of(day, whose) + more);
        }
    }

    /// <summary>Corrects what was counted. A day that is forgotten stays so.</summary>
    public void Correct(DateOnly day, string conversation, ModelSpend difference)
    {
        foreach (var whose in Counts(conversation))
        {
            if (Read(day, whose) is { } counted)
            {
                Set(day, whose, counted + difference);
            }
        }
    }

    private static IEnumerable<string> Counts(string conversation) => new[] { All, conversation }.Distinct();

    private void Set(DateOnly day, string whose, ModelSpend sum) => db.Run(
        """
        insert into model_spend (day, conversation, tokens, cost) values (@day, @whose, @Tokens, @cost)
        on conflict (day, conversation) do update set tokens = excluded.tokens, cost = excluded.cost
        """,
        new { day = Name(day), whose, sum.Tokens, cost = sum.Cost.ToString(CultureInfo.InvariantCulture) });

    private ModelSpend? Read(DateOnly day, string conversation) =>
        db.QuerySingleOrDefault<Row>(
            "select tokens, cost from model_spend where day = @day and conversation = @conversation",
            new { day = Name(day), conversation }) is { } row
            ? new(row.Tokens, decimal.Parse(row.Cost, CultureInfo.InvariantCulture))
            : null;

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Row
    {
        public long Tokens { get; init; }
        public string Cost { get; init; } = "0";
    }
}
