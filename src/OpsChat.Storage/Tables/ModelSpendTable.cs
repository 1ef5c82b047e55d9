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

    /// <summary>Counts it in all and for its conversation, and forgets the days before.</summary>
    public void Add(DateOnly day, string conversation, ModelSpend more)
    {
        db.Run("delete from model_spend where day < @day", new { day = Name(day) });
        foreach (var whose in new[] { All, conversation }.Distinct())
        {
            var sum = Of(day, whose) + more;
            db.Run(
                """
                insert into model_spend (day, conversation, tokens, cost) values (@day, @whose, @Tokens, @cost)
                on conflict (day, conversation) do update set tokens = excluded.tokens, cost = excluded.cost
                """,
                new { day = Name(day), whose, sum.Tokens, cost = sum.Cost.ToString(CultureInfo.InvariantCulture) });
        }
    }

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
