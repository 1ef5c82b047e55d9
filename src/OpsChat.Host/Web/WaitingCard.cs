using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>The customer's words that a card answers, as it shows them: whoever decides must not have to look for them.</summary>
/// <param name="Text">Cut to the end when they are long; empty for a picture alone.</param>
/// <param name="At">When the last of them came; null when that is not known any more.</param>
/// <param name="Seq">The place of the last of them in the conversation; 0 when it is not known.</param>
/// <param name="Later">What the customer has written since, the newest last, cut; null when nothing.</param>
public sealed record CardWords(string Text, DateTimeOffset? At, long Seq, string? Later)
{
    private const int MostShown = 400, MostOfLater = 200;

    /// <param name="turn">The decision that made the card.</param>
    /// <param name="all">All words of the matter, which stand for those of a decision that is not known.</param>
    /// <param name="lines">The conversation's last lines.</param>
    public static CardWords Of(UnitOfWork session, string turn, string all, IReadOnlyList<TranscriptLine> lines)
    {
        if (session.Inbox.OfTurn(turn) is not { Count: > 0 } said)
        {
            return new(EndOf(all, MostShown), null, 0, null);
        }

        var last = said[^1];
        var later = lines.Where(line => line.From == Sender.Customer && line.Seq > last.Seq && line.Text.Length > 0).Select(line => line.Text);
        return new(
            EndOf(string.Join('\n', said.Select(message => message.Text.Value)), MostShown),
            last.ReceivedAt,
            last.Seq,
            EndOf(string.Join(" · ", later), MostOfLater) is { Length: > 0 } since ? since : null
        );
    }

    /// <summary>The beginning in one line, to know it again by.</summary>
    public string InOneLine(int most)
    {
        var line = Text.ReplaceLineEndings(" ").Trim();
        return line.Length > most ? $"{line[..(char.IsHighSurrogate(line[most - 1]) ? most - 1 : most)].TrimEnd()}…" : line;
    }

    private static string EndOf(string text, int most)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= most ? trimmed : $"…{trimmed[(char.IsLowSurrogate(trimmed[^most]) ? ^(most - 1) : ^most)..]}";
    }
}

/// <summary>An approval or a hand-off that waits in a conversation.</summary>
/// <param name="Approval">Null for a hand-off.</param>
/// <param name="HandOff">Null for an approval.</param>
public sealed record WaitingCard(CardWords Words, PendingApproval? Approval, HandOff? HandOff)
{
    private const int MostInALine = 60;

    /// <summary>Another card answers what the customer wrote after the words of this one. What moves money is never folded away for that.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>Somebody has to confirm something in it, so it stays open where it is folded.</summary>
    public bool AsksAgain { get; init; }

    /// <summary>Sending what it proposes moves money.</summary>
    public bool MovesMoney => Approval is not null || HandOff is { IsAboutMoney: true };

    /// <summary>What names it in one line while it is folded away.</summary>
    public string Title =>
        $"{(Approval is { } approval ? $"Approval, {approval.Card.Amount?.ToString() ?? "amount unknown"}"
            : HandOff!.Suggestion is null ? "Needs an answer" : "Draft")}"
        + (Words.Text.Length > 0 ? $", to “{Words.InOneLine(MostInALine)}”" : "");

    public string Id => Approval?.Card.Id ?? HandOff!.Id;

    /// <summary>Those of a conversation: first what moves money, then what answers the customer's newest words, then what is earlier; of each the
    /// newest first.</summary>
    /// <param name="hours">The shop's, for its time zone.</param>
    /// <param name="lines">The conversation's last lines.</param>
    public static IReadOnlyList<WaitingCard> Of(
        UnitOfWork session,
        ConversationId conversation,
        OpeningHours hours,
        IReadOnlyList<TranscriptLine> lines
    )
    {
        List<WaitingCard> all =
        [
            .. session.Approvals.PendingIn(conversation).Select(approval => new WaitingCard(
                CardWords.Of(session, approval.Turn, approval.CustomerWords, lines),
                PendingApproval.Of(session, approval, hours),
                null
            )),
            .. session.HandOffs.OpenOf(conversation).Select(handOff => new WaitingCard(
                CardWords.Of(session, handOff.Turn, handOff.CustomerWords, lines),
                null,
                handOff
            )
            {
                AsksAgain = session.SecondSteps.Latest(handOff.Id) is not null,
            }),
        ];
        var newest = all.Select(card => card.Words.Seq).DefaultIfEmpty().Max();
        // Of a card whose words are not known any more nobody can say that it is overtaken.
        return
        [
            .. all.Select(card => card with { IsEarlier = !card.MovesMoney && card.Words.Seq > 0 && card.Words.Seq < newest })
                .OrderByDescending(card => card.MovesMoney)
                .ThenBy(card => card.IsEarlier)
                .ThenByDescending(card => card.Words.Seq),
        ];
    }
}
