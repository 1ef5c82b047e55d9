using OpsChat.Approvals;
using OpsChat.Facts;
using OpsChat.Operations.Actions;
using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Answers an owner's question from the shop's rows and the records, the same for command line, Telegram and console: in a model's words where one
/// is set up and keeps to what it looked up, else as a table. Reading only: a wish is put up for approval like anything that an alert proposes,
/// and nothing else is changed.
/// </summary>
/// <param name="assistant">Null without a model.</param>
public sealed class AskDesk(
    IStore store,
    OperationsDesk operations,
    ActionDesk actions,
    CurrentOperations settings,
    TimeProvider time,
    IShop shop,
    OwnerAssistant? assistant = null
)
{
    private const int MostActions = 5000;
    private const int MostApprovals = 20_000;

    public const int MostLetters = 500;

    /// <param name="who">Who asks; a wish is put up in that name. Null only answers.</param>
    /// <param name="asOf">What became known later is not seen; null answers with what is known now.</param>
    public async Task<OwnerAnswer> AskAsync(string question, string? who, CancellationToken cancellationToken, DateTimeOffset? asOf = null)
    {
        var now = time.GetUtcNow();
        var moment = (await operations.ViewAsync(now, cancellationToken)).Moment(asOf ?? now);
        var answer = await AnswerAsync(
            question.Length > MostLetters ? question[..MostLetters] : question,
            moment,
            settings(),
            await AskedRecords.ReadAsync(store, shop, moment.Calendar.Zone, now, cancellationToken),
            assistant,
            now,
            cancellationToken
        );
        return answer.Wish is not { } wish || who is null ? answer : await actions.ProposeAsync(wish.Alert, wish.Kind, who, cancellationToken) switch
        {
            ActionAnswer.Done done =>
                answer with { Title = $"{done.Now.Text.TrimEnd('.')}: it is up for approval ({done.Now.Id}). Nothing is done before." },
            ActionAnswer.Refused refused => answer with { Title = refused.Why, Wish = null },
            _ => answer with { Title = "That cannot be put up now. Look at the alert first.", Wish = null },
        };
    }

    /// <summary>Whether words that nobody marked as a question ask something: talk among colleagues is left alone.</summary>
    public async Task<bool> IsQuestionAsync(string words, CancellationToken cancellationToken)
    {
        if (words.Contains('?', StringComparison.Ordinal))
        {
            return true;
        }

        var now = time.GetUtcNow();
        var read = OwnerQuestion.Read(
            words.Length > MostLetters ? words[..MostLetters] : words,
            (await operations.ViewAsync(now, cancellationToken)).Moment(now)
        );
        return read.Topic is not null || read.Wish is not null;
    }

    /// <summary>A wish that the grammar reads needs no model; nor does anything where none is set up or none keeps to the facts. A question about a
    /// customer by name goes to none.</summary>
    public static async Task<OwnerAnswer> AnswerAsync(
        string question,
        ShopMoment moment,
        OperationsSettings inForce,
        OwnerRecords records,
        OwnerAssistant? assistant,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var plain = QuestionAnswers.To(question, moment, inForce, records);
        return assistant is null || plain.Wish is not null || plain.NamesCustomer || string.IsNullOrWhiteSpace(question)
            ? plain
            : await assistant.AnswerAsync(question, moment, inForce, records, now, cancellationToken) ?? plain;
    }

    /// <summary>What OpsChat has on record for questions and measures.</summary>
    public static Task<OwnerRecords> RecordsAsync(IStore store, CancellationToken cancellationToken) => store.ReadAsync(session =>
    {
        var done = session.ToDos.DoneApprovals();
        var (approvals, actions) = (session.Approvals.List(null, MostApprovals), session.ShopActions.List(null, MostActions));
        return new OwnerRecords([.. session.Alerts.Queue().Alerts.Values], actions,
        [
            .. approvals
                .Where(a => a.State is (ApprovalState.Approved or ApprovalState.Sent or ApprovalState.Uncertain) && a.DecidedAt is not null
                    && a.MovesMoney && ToDoText.GivesBack(a.Text))
                .Select(a => new ApprovedRefund(a.DecidedAt!.Value, a.Amount, a.OrderNumber) { IsDone = done.Contains(a.Id), By = a.DecidedBy }),
        ])
        {
            Decisions =
            [
                .. approvals.Where(a => a.DecidedAt is not null
                        && a.State is not (ApprovalState.Pending or ApprovalState.Expired or ApprovalState.TakenOver))
                    .Select(a => new RecordedDecision(
                        a.DecidedAt!.Value, a.Action, a.OrderNumber, a.Amount, a.State != ApprovalState.Rejected, a.DecidedBy)),
                // What a lane did by itself nobody decided.
                .. actions.Where(a => a.DecidedAt is not null && a.DecidedBy != OperationsDesk.Who
                        && a.State is not (ShopActionState.Pending or ShopActionState.Expired))
                    .Select(a => new RecordedDecision(
                        a.DecidedAt!.Value, a.Kind.Word(), a.Subject, a.Amount, a.State != ShopActionState.Rejected, a.DecidedBy)),
            ],
        };
    }, cancellationToken);
}
