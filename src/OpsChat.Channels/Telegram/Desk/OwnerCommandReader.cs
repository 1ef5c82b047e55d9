using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What an approver's words ask of OpsChat: a command, or a plain question in the topic <i>Operations</i>.</summary>
public sealed class OwnerCommandReader(IStore store, BotName name, AskDesk questions, OwnerPlace place)
{
    /// <param name="isForSomebody">It stands in a customer's topic, or answers a card or a prompt: then only a command is one.</param>
    /// <returns>Null when the words ask nothing of OpsChat.</returns>
    public async Task<OwnerCommand?> ReadAsync(TelegramNews.OwnerWrote wrote, bool isForSomebody, CancellationToken cancellationToken)
    {
        if (wrote.Text is not { } text)
        {
            return null;
        }

        var own = OwnerCommand.AddressedTo(text) is not null ? await name.AskAsync(cancellationToken) : null;
        return OwnerCommand.Parse(text, own)
            ?? (
                !isForSomebody && await IsInOperationsAsync(wrote, cancellationToken) && await questions.IsQuestionAsync(text, cancellationToken)
                    ? new OwnerCommand.Ask(text)
                    : null
            );
    }

    /// <summary>An answer to a colleague there is talk between the two.</summary>
    private async Task<bool> IsInOperationsAsync(TelegramNews.OwnerWrote wrote, CancellationToken cancellationToken) =>
        wrote.Thread is { } thread
        && (wrote.ReplyTo is null || wrote.AnswersBot)
        && (wrote.IsInOperations || await store.ReadAsync(session => session.Desk.OperationsTopic(place.Chat), cancellationToken) == thread);
}
