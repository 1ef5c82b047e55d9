using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What an approver types for a customer or for an approval, passed on once.</summary>
public sealed class TypedAnswers(
    IStore store,
    ApprovalDesk approvals,
    PersonDesk people,
    DeskSpeech speech,
    OwnerPlace place,
    TimeProvider time
)
{
    private const string Answer = "answer", Reply = "reply";

    /// <summary>Whether the customer has these words already, and whether an approval was changed to them.</summary>
    public Task<(bool IsPassedOn, bool IsSaved)> WhatBecameOfAsync(long? chat, int message, CancellationToken cancellationToken) =>
        store.ReadAsync(session => (session.Seen.Has(KeyOf(chat, message)), session.Seen.Has(SavedKeyOf(chat, message))), cancellationToken);

    /// <returns>What the approver has to know; null when all is well.</returns>
    public async Task<string?> ToPromptAsync(
        DeskPrompt prompt,
        TelegramNews.OwnerWrote wrote,
        Approver who,
        string text,
        CancellationToken cancellationToken
    )
    {
        if (prompt.Purpose == Reply && ConversationId.TryParse(prompt.Subject, out var customer))
        {
            return await ToCustomerAsync(wrote, who, customer, text, cancellationToken, Confirmed(prompt));
        }

        if (prompt.Purpose == Answer)
        {
            return await people.AnswerAsync(who, prompt.Subject, text, cancellationToken, KeyOf(wrote.Chat, wrote.Message), Confirmed(prompt)) switch
            {
                PersonAnswer.Sent => null,
                PersonAnswer.Confirm confirm => AskTwice(wrote, who, prompt with { Seen = confirm.Step.Digest }, confirm.Step),
                PersonAnswer.NotAllowed no => no.Why,
                _ when await IsRepeatAsync(wrote, cancellationToken) => null,
                _ => "Somebody has answered or closed this meanwhile, so yours was not sent. To send it all the same, reply to the card with it.",
            };
        }

        var answer = await approvals.DecideAsync(who, prompt.Subject, prompt.Seen, new ApprovalVerb.Edit(text), cancellationToken);
        if (answer is DeskAnswer.Done)
        {
            await store.WriteAsync(session => session.Seen.Add(SavedKeyOf(wrote.Chat, wrote.Message), time.GetUtcNow()), cancellationToken);
        }

        return answer switch
        {
            DeskAnswer.Done { Now.Unconfirmed: { Count: > 0 } what } =>
                $"Saved; it waits for approval, and approving it asks once more. {string.Join(' ', what)}",
            DeskAnswer.Done => null,
            // The same words once more, after they were stored and before that was noted.
            DeskAnswer.Late { Now: { State: ApprovalState.Pending } now } when now.Text == text.Trim() => null,
            DeskAnswer.Late late => late.Why,
            DeskAnswer.NotAllowed no => no.Why,
            DeskAnswer.Unusable unusable => unusable.Why,
            _ => "This approval is not there any more.",
        };
    }

    /// <returns>As of <see cref="ToPromptAsync"/>.</returns>
    public async Task<string?> ToCustomerAsync(
        TelegramNews.OwnerWrote wrote,
        Approver who,
        ConversationId customer,
        string text,
        CancellationToken cancellationToken,
        Confirmation? confirmed = null
    ) =>
        await people.ReplyOnceAsync(KeyOf(wrote.Chat, wrote.Message), who, customer, text, cancellationToken, confirmed) switch
        {
            PersonAnswer.Confirm confirm => AskTwice(wrote, who, new(Reply, customer.ToString(), confirm.Step.Digest), confirm.Step),
            PersonAnswer.NotAllowed no => no.Why,
            _ => null,
        };

    /// <summary>The second step of typed words: the same words in answer to what has to be confirmed. Other words are looked at anew.</summary>
    private string? AskTwice(TelegramNews.OwnerWrote wrote, Approver who, DeskPrompt prompt, SecondStep step)
    {
        speech.Ask(
            wrote,
            who,
            prompt,
            $"⚠ This was not sent. {string.Join(' ', step.Sentences)} To send it all the same, reply to this message with the same words.",
            step.Text
        );
        return null;
    }

    private static Confirmation? Confirmed(DeskPrompt prompt) => prompt.Seen.Length > 0 ? new(prompt.Seen) : null;

    /// <summary>These words were sent before: they came again because the host ended, or the store failed, before their update was noted.</summary>
    private Task<bool> IsRepeatAsync(TelegramNews.OwnerWrote wrote, CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Seen.Has(KeyOf(wrote.Chat, wrote.Message)), cancellationToken);

    private SeenKey SavedKeyOf(long? chat, int message) => new(SeenKind.OwnersEdit, $"{chat ?? place.Chat}/{message}");

    private SeenKey KeyOf(long? chat, int message) => new(SeenKind.OwnersWords, $"{chat ?? place.Chat}/{message}");
}
