using System.Data.Common;
using System.Globalization;
using Dapper;
using OpsChat.Drafting;

namespace OpsChat.Storage.Tables;

/// <summary>Calls of the model that people asked for, outside any turn. They are kept for two days: only the day's budget reads them.</summary>
public sealed class ModelUseTable(DbConnection db)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(2);

    /// <summary>Without the conversation: the budget of one conversation begins anew with a restart, the day's does not.</summary>
    public void Add(ModelUse use)
    {
        db.RunUnheard("delete from model_uses where at < @before", new { before = (use.At - s_kept).Ms() });
        db.RunUnheard(
            "insert into model_uses (at, job, model, input_tokens, output_tokens, cost) values (@at, @Job, @Model, @InputTokens, "
                + "@OutputTokens, @cost)",
            new
            {
                at = use.At.Ms(),
                use.Job,
                use.Model,
                use.InputTokens,
                use.OutputTokens,
                cost = use.Cost.ToString(CultureInfo.InvariantCulture),
            }
        );
    }

    public IReadOnlyList<ModelUse> Since(DateTimeOffset since) =>
        [
            .. db.Query<(DateTimeOffset At, string Job, string Model, long Input, long Output, decimal Cost)>(
                    "select at, job, model, input_tokens, output_tokens, cost from model_uses where at >= @since",
                    new { since = since.Ms() }
                )
                .Select(row => new ModelUse(row.At, "", row.Job, row.Model, row.Input, row.Output, row.Cost, TimeSpan.Zero, ModelUse.Answered)),
        ];
}
