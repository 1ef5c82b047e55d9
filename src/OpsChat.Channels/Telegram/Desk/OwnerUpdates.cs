using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What comes from the owner chat. Only listed approvers, in that chat, are heard; everyone else gets nothing.</summary>
public sealed class OwnerUpdates(
    IStore store,
    Approvers approvers,
    OwnerPlace place,
    OwnerTaps taps,
    OwnerMessages words,
    TelegramErrands errands,
    TimeProvider time
)
{
    public async Task HandleAsync(TelegramNews news, CancellationToken cancellationToken)
    {
        switch (news)
        {
            case TelegramNews.Tap tap when place.IsOrWas(tap.Chat) && approvers.ByTelegramId(tap.From) is { } who:
                await taps.TapAsync(tap, who, cancellationToken);
                break;
            case TelegramNews.Tap tap:
                // Only the spinning ends; whether a button was real stays unsaid.
                errands.AnswerTap(tap.QueryId);
                break;
            case TelegramNews.OwnerWrote wrote when approvers.ByTelegramId(wrote.From) is { } who:
                await words.WroteAsync(wrote, who, cancellationToken);
                break;
            case TelegramNews.OwnerEdited edited when approvers.ByTelegramId(edited.From) is not null:
                await words.EditedAsync(edited, cancellationToken);
                break;
            case TelegramNews.WroteAnonymously anonymous:
                await store.WriteAsync(
                    session =>
                        ToldOnce.Tell(
                            session,
                            "telegram-anonymous",
                            $"{anonymous.Chat}",
                            "Someone wrote here as an anonymous administrator, so nobody knows whether an approver did, and nothing was done. "
                                + "Switch off Remain anonymous: the group's name, Edit, Administrators, your name. Then write it again.",
                            time.GetUtcNow()
                        ),
                    cancellationToken
                );
                break;
            case TelegramNews.GroupMigrated moved:
                await place.MoveAsync(moved.From, moved.To, cancellationToken);
                break;
            case TelegramNews.AddedToGroup added when place.Chat == 0:
                // Anybody can add the bot to a group of theirs: who did is said, and it is said only while the owner looks for this number.
                await store.WriteAsync(
                    session =>
                        ToldOnce.Tell(
                            session,
                            "telegram-group",
                            $"{added.Chat}",
                            $"{MessageText.Cut(added.By, 60)} (Telegram id {added.ById}) added the bot to the group "
                                + $"“{MessageText.Cut(added.Title, 80)}”, whose id is {added.Chat}. "
                                + $"If that is your group, set OpsChat__Telegram__OwnerChat={added.Chat} and restart OpsChat to work there.",
                            time.GetUtcNow()
                        ),
                    cancellationToken
                );
                break;
        }
    }
}
