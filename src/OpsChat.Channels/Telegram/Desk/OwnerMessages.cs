using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>
/// What approvers write in the owner chat: commands; questions in the topic of the shop's watch; answers to a prompt; and words for a
/// customer, in the customer's topic or as a reply to a card. Anything else is talk among colleagues.
/// </summary>
public sealed class OwnerMessages(
    IStore store,
    TypedAnswers answers,
    OwnerCommands commands,
    OwnerCommandReader reader,
    DeskSpeech speech,
    LostCards lost,
    OwnerPlace place
)
{
    public async Task WroteAsync(TelegramNews.OwnerWrote wrote, Approver who, CancellationToken cancellationToken)
    {
        // What was written in the group that has become a supergroup since answers messages of that group.
        var chat = wrote.Chat ?? place.Chat;
        var (prompt, card, topic) = await store.ReadAsync(session => (
            wrote.ReplyTo is { } to ? session.Desk.Prompt(chat, to) : null,
            wrote.ReplyTo is { } replied ? session.Desk.At(chat, replied) : null,
            wrote.Thread is { } thread ? session.Desk.CustomerOf(chat, thread) : null), cancellationToken);
        card ??= prompt is null && wrote is { ReplyTo: { } message, Button: { } button }
            ? await lost.AdoptAsync(chat, message, wrote.Thread, button, cancellationToken) : null;
        var customer = card?.Conversation ?? topic ?? await lost.CustomerOfAsync(wrote.Topic, cancellationToken);
        var isForSomebody = prompt is not null || card is { Kind: not CardKind.Action } || customer is not null;
        if (await reader.ReadAsync(wrote, isForSomebody, cancellationToken) is { } command)
        {
            if (command is OwnerCommand.NotOurs)
            {
                return;
            }

            speech.Answer(wrote, await commands.RunAsync(command, who, customer, cancellationToken));
        }
        else if (await AnswerAsync(wrote, who, prompt, card, customer, cancellationToken) is { } trouble)
        {
            speech.Answer(wrote, trouble);
        }
    }

    /// <summary>What was passed on, saved or carried out stays as it was; that a change of it does nothing is said.</summary>
    public async Task EditedAsync(TelegramNews.OwnerEdited edited, CancellationToken cancellationToken)
    {
        var (isPassedOn, isSaved) = await answers.WhatBecameOfAsync(edited.Chat, edited.Message, cancellationToken);
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
                ? "This was not passed on to anybody: it answers neither a card nor a question of mine that is still open. Reply to the "
                    + "customer's card with it."
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
        return prompt is not null ? await answers.ToPromptAsync(prompt, wrote, who, text, cancellationToken)
            : wrote.ReplyTo is not null && card is null
                ? "This was not sent: it answers a message that is no card. Write it as a message of its own to send it to the customer."
            : await answers.ToCustomerAsync(wrote, who, customer!.Value, text, cancellationToken);
    }
}
