using OpsChat.Drafting;
using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Answers an owner's question in a model's words. The model chooses what to look up; every figure of its answer must stand in a result, else the
/// answer is not given. It changes nothing: what an owner wishes comes back as what an open alert proposes.
/// </summary>
public sealed class OwnerAssistant(ModelWriter writer, IStore store)
{
    // The words answer; the rows below them are to check them by.
    private const int MostRows = 6;

    /// <returns>Null when the model is not to be had, or said what no look-up brought back.</returns>
    public async Task<OwnerAnswer?> AnswerAsync(
        string question,
        ShopMoment shop,
        OperationsSettings settings,
        OwnerRecords records,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var lookups = new OwnerLookups(shop, settings, records, question);
        AnswerGrounding Grounding() => new(question, shop, lookups.Wished is { } wished ? [.. lookups.Found, wished] : lookups.Found);
        IReadOnlyList<string> Failures(string text) => lookups is { HasRefusedWish: true, Wished: null } or { Unmet: not null }
            ? ["Nothing was put up for approval. Propose nothing that the owner did not ask for."]
            : Grounding().Failures(text);
        var answer = await writer.AnswerOwnerAsync(
            $"owner {now.ToUnixTimeMilliseconds()}",
            question,
            lookups,
            Failures,
            cancellationToken
        );
        await NoteAsync(answer.Uses, cancellationToken);
        return answer is ModelAnswer<string>.Given given && Failures(given.Value).Count == 0
            ? Said(given.Value, Grounding(), lookups)
            : lookups.Wished ?? lookups.Unmet ?? Known(question, shop, lookups);
    }

    private static OwnerAnswer Said(string text, AnswerGrounding grounding, OwnerLookups lookups)
    {
        var main = grounding.MainOf(text);
        return new(true, text, main?.Columns ?? [], [.. (main?.Rows ?? []).Take(MostRows)], grounding.SourcesOf(text), [])
        {
            Figure = lookups.Found is [var only] ? only.Figure : null,
            Wish = lookups.Wished?.Wish,
        };
    }

    /// <summary>What was looked up is true however badly it was worded: it answers a question that the grammar does not understand.</summary>
    private static OwnerAnswer? Known(string question, ShopMoment shop, OwnerLookups lookups) =>
        OwnerQuestion.Read(question, shop) is { Topic: null } or { Scope.NotUnderstood.Count: > 0 }
        && lookups.Found is [var first, ..]
            ? first
            : null;

    private Task NoteAsync(IReadOnlyList<ModelUse> uses, CancellationToken cancellationToken) =>
        uses.Any(u => u.WasCalled)
            ? store.WriteAsync(session =>
            {
                foreach (var use in uses.Where(u => u.WasCalled))
                {
                    session.ModelUses.Add(use);
                }
            }, cancellationToken)
            : Task.CompletedTask;
}
