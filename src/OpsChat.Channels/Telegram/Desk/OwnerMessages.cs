using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// What approvers write in the owner chat: commands; answers to a prompt; and words for a customer, in the customer's topic or as a reply
/// to a card. Anything else is talk among colleagues.
/// </summary>
public sealed class OwnerMessages(
    IStore store,
    ApprovalDesk approvals,
    PersonDesk people,
    OwnerCommands commands,
    BotName name,
    DeskSpeech speech,
    LostCards lost,
    OwnerPlace place,
    TimeProvider time
)
{
    private const string Answer = "answer", Reply = "reply";

    public async Task WroteAsync(TelegramNews.OwnerWrote wrote, Approver who, CancellationToken cancellationToken)
    {
        var (prompt, card, topic) = await store.ReadAsync(session => (
            wrote.ReplyTo is { } to ? session.Desk.Prompt(place.Chat, to) : null,
            wrote.ReplyTo is { } replied ? session.Desk.At(place.Chat, replied) : null,
            wrote.Thread is { } thread ? session.Desk.CustomerOf(place.Chat, thread) : null), cancellationToken);
        card ??= prompt is null && wrote is { ReplyTo: { } message, Button: { } button }
            ? await lost.AdoptAsync(place.Chat, message, wrote.Thread, button, cancellationToken) : null;
        var customer = card?.Conversation ?? topic ?? await lost.CustomerOfAsync(wrote.Topic, cancellationToken);
        var own = wrote.Text is { } said && OwnerCommand.AddressedTo(said) is not null ? await name.AskAsync(cancellationToken) : null;
        if (wrote.Text is { } text && OwnerCommand.Parse(text, own) is { } command)
        {
            if (command is OwnerCommand.NotOurs)
            {
                return;
            }

            speech.Say(wrote.Thread, wrote.Message, await commands.RunAsync(command, who, customer, cancellationToken));
        }
        else if (await AnswerAsync(wrote, who, prompt, card, customer, cancellationToken) is { } trouble)
        {
            speech.Say(wrote.Thread, wrote.Message, trouble);
        }
    }

    /// <summary>What was passed on, saved or carried out stays as it was; that a change of it does nothing is said.</summary>
    public async Task EditedAsync(TelegramNews.OwnerEdited edited, CancellationToken cancellationToken)
    {
        var (isPassedOn, isSaved) = await store.ReadAsync(
            session => (session.Seen.Has(KeyOf(edited.Message)), session.Seen.Has(SavedKeyOf(edited.Message))), cancellationToken);
        var says = isPassedOn ? "This was passed on already, as it was before; the customer does not get the change. "
                + "Write what is to be put right as a message of its own."
            : isSaved ? "The answer was saved as it was before, and the change is not in it. To change it once more, tap Edit on the card."
            : edited.Text is { } text && OwnerCommand.AddressedTo(text) is null && OwnerCommand.Parse(text) is { } and not OwnerCommand.Unclear
                ? "A command that is changed is not carried out. Write it as a message of its own." : null;
        if (says is not null)
        {
            speech.Say(edited.Thread, edited.Message, says);
        }
    }

    /// <returns>What the approver has to know; null when all is well or nothing was meant for a customer.</returns>
    private async Task<string?> AnswerAsync(
        TelegramNews.OwnerWrote wrote,
        Approver who,
        DeskPrompt? prompt,
        ShownCard? card,
        ConversationId? customer,
        CancellationToken cancellationToken
    )
    {
        if (prompt is null && customer is null)
        {
            // To a bot nobody talks among colleagues: the words were meant for somebody.
            return wrote is { ReplyTo: not null, AnswersBot: true }
                ? "This was not passed on to anybody: it answers neither a card nor a question of mine that is still open. Reply to the customer's card with it."
                : null;
        }

        if (wrote.Text is not { } text)
        {
            return "Only text can be passed on, so nothing was sent. Write it in words, or send the file from the shop's own account.";
        }

        if (text.Length > PersonDesk.MostCharacters)
        {
            return $"That has {text.Length:N0} characters; at most {PersonDesk.MostCharacters:N0} are sent at once. Nothing was sent.";
        }

        // An answer to some other message in a topic is talk about it, and must not reach the customer by mistake.
        return prompt is not null ? await AnswerPromptAsync(prompt, wrote, who, text, cancellationToken)
            : wrote.ReplyTo is not null && card is null
                ? "This was not sent: it answers a message that is no card. Write it as a message of its own to send it to the customer."
            : await SendAsync(wrote, who, customer!.Value, text, cancellationToken);
    }

    private async Task<string?> AnswerPromptAsync(
        DeskPrompt prompt,
        TelegramNews.OwnerWrote wrote,
        Approver who,
        string text,
        CancellationToken cancellationToken
    )
    {
        if (prompt.Purpose == Reply && ConversationId.TryParse(prompt.Subject, out var customer))
        {
            return await SendAsync(wrote, who, customer, text, cancellationToken, Confirmed(prompt));
        }

        if (prompt.Purpose == Answer)
        {
            return await people.AnswerAsync(who, prompt.Subject, text, cancellationToken, KeyOf(wrote.Message), Confirmed(prompt)) switch
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
            await store.WriteAsync(session => session.Seen.Add(SavedKeyOf(wrote.Message), time.GetUtcNow()), cancellationToken);
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

    private async Task<string?> SendAsync(
        TelegramNews.OwnerWrote wrote,
        Approver who,
        ConversationId customer,
        string text,
        CancellationToken cancellationToken,
        Confirmation? confirmed = null
    ) =>
        await people.ReplyOnceAsync(KeyOf(wrote.Message), who, customer, text, cancellationToken, confirmed) switch
        {
            PersonAnswer.Confirm confirm => AskTwice(wrote, who, new(Reply, customer.ToString(), confirm.Step.Digest), confirm.Step),
            PersonAnswer.NotAllowed no => no.Why,
            _ => null,
        };

    /// <summary>The second step of typed words: the same words in answer to what has to be confirmed. Other words are looked at anew.</summary>
    private string? AskTwice(TelegramNews.OwnerWrote wrote, Approver who, DeskPrompt prompt, SecondStep step)
    {
        speech.Ask(
            wrote.Thread,
            wrote.Message,
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
        store.ReadAsync(session => session.Seen.Has(KeyOf(wrote.Message)), cancellationToken);

    private string SavedKeyOf(int message) => $"owner-saved:{place.Chat}/{message}";

    private string KeyOf(int message) => $"owner:{place.Chat}/{message}";
}
