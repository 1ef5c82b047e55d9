using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>The customer's word on an automatic answer, given with a button: once for each answer.</summary>
public static class AnswerTap
{
    public const string Up = "up", Down = "down", Person = "person";

    /// <returns>False when the answer has its word already, or belongs to another conversation.</returns>
    public static bool Record(UnitOfWork session, ConversationId customer, string answerId, string word, PlaybookSnapshot known, DateTimeOffset now)
    {
        if (
            session.Outbox.Find(answerId) is not { Kind: OutboxKind.Answer } answer
            || answer.Conversation != customer
            || !session.Thumbs.Add(answerId, word, now)
        )
        {
            return false;
        }

        session.Audit.Append("customer", "customer", answerId, new { Verb = word }, now);
        foreach (var supportCase in answer.AnsweredCases)
        {
            Score(session, supportCase, word, now);
        }

        if (word == Person)
        {
            HandOff(session, answer, now);
            Acknowledge(session, answer, known, now);
        }

        return true;
    }

    private static void Score(UnitOfWork session, string caseId, string word, DateTimeOffset now)
    {
        OutcomeEvent? news = word switch
        {
            Down => new OutcomeEvent.ThumbedDown(now),
            Person => new OutcomeEvent.CustomerWrote(now, CustomerSignal.AskedForPerson),
            _ => null,
        };
        if (news is not null)
        {
            session.Outcomes.Apply(caseId, news);
        }
    }

    private static void HandOff(UnitOfWork session, OutboxMessage answer, DateTimeOffset now)
    {
        var why = new CardReason.TappedForPerson();
        var open = session.HandOffs.OpenOf(answer.Conversation).FirstOrDefault(h => h.CaseId == answer.CaseId);
        session.HandOffs.Save(open is not null ? open with { Reasons = [.. open.Reasons, why], At = now } : new()
        {
            Id = Ids.New('h', now),
            Conversation = answer.Conversation,
            CaseId = answer.CaseId ?? Ids.New('c', now),
            Turn = answer.Turn ?? "",
            CustomerWords = answer.Turn is { } turn ? string.Join('\n', session.Inbox.OfTurn(turn).Select(m => m.Text.Value)) : "",
            Reasons = [why],
            To = "support",
            CreatedAt = now,
            At = now,
        });
    }

    /// <summary>The holding text, unless this matter has had it.</summary>
    private static void Acknowledge(UnitOfWork session, OutboxMessage answer, PlaybookSnapshot known, DateTimeOffset now)
    {
        var supportCase = answer.CaseId is { } id ? session.Cases.Find(id) : null;
        var language = session.Conversations.Find(answer.Conversation)?.Language ?? "und";
        var texts = known.Shop.Texts;
        var text = known.Shop.Hours.IsOpen(now) ? texts.Holding : texts.OutOfHours;
        var facts = new FactSet(known.Shop.Facts(now, language));
        if (supportCase is { HoldingSent: true } || Drafter.Standing(text, facts, language).Text is not { } holding)
        {
            return;
        }

        session.Outbox.Add(
            OutboxMessage.New(answer.Conversation, Sender.Agent, OutboxKind.Holding, holding, now) with
            {
                Turn = answer.Turn,
                CaseId = answer.CaseId,
                PromisedBy = known.Shop.PromisedBy(holding, facts, language),
            }
        );
        if (supportCase is not null)
        {
            session.Cases.Save(supportCase with { HoldingSent = true });
        }
    }
}
