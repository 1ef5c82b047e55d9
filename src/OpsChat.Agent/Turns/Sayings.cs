using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Where the texts of a decision go: each into the outbox at once, or, where a turn has several matters, into the one message that holds
/// all of them.</summary>
/// <param name="parts">Null: into the outbox.</param>
sealed class Sayings(UnitOfWork session, List<SaidText>? parts)
{
    public void Add(OutboxMessage message)
    {
        if (parts is null)
        {
            session.Outbox.Add(message);
        }
        else
        {
            parts.Add(new(message));
        }
    }
}

/// <summary>What one matter of a turn says to the customer.</summary>
sealed record SaidText(OutboxMessage Message)
{
    /// <summary>
    /// One message of all: the answers and questions as paragraphs, then once that the rest is with a colleague. It belongs to the case of its
    /// first answer, and the other cases that it answers go with it. Null when nothing is said.
    /// </summary>
    public static OutboxMessage? Joined(IReadOnlyList<SaidText> said)
    {
        OutboxMessage[] own =
        [
            .. said.Select(part => part.Message).Where(message => message.Kind != OutboxKind.Holding).DistinctBy(message => message.Text),
        ];
        var holding = said.Select(part => part.Message).FirstOrDefault(message => message.Kind == OutboxKind.Holding);
        var leading = own.FirstOrDefault(message => message.Kind == OutboxKind.Answer) ?? (own.Length > 0 ? own[0] : holding);
        return leading is null
            ? null
            : leading with
            {
                Text = string.Join("\n\n", own.Append(holding).OfType<OutboxMessage>().Select(message => message.Text)),
                Answers = own.Length > 1 || holding is not null
                    ? [.. own.Where(message => message.Kind == OutboxKind.Answer).Select(message => Turn.DigestOf(message.Text))]
                    : [],
                PromisedBy = own.Append(holding).Max(message => message?.PromisedBy),
                IsSpotCheck = own.Any(message => message.IsSpotCheck),
                AlsoCases =
                [
                    .. own.Where(message => message.Kind == OutboxKind.Answer && message.CaseId != leading.CaseId)
                        .Select(message => message.CaseId)
                        .OfType<string>()
                        .Distinct(),
                ],
            };
    }
}
