using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage.Tables;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// An approved text that may or may not have left: a person finds out, or says what is to be done. Nothing is sent again without a person, and
/// what is sent again passes the look before dispatch once more.
/// </summary>
public sealed class ArrivalDesk(IStore store, CurrentPlaybooks knowledge, TimeProvider time)
{
    /// <summary>Asks the customer whether the last message arrived; once.</summary>
    /// <returns>What there is to say to the person.</returns>
    public Task<string> AskAsync(Approver who, string approvalId, CancellationToken cancellationToken) =>
        DoAsync(
            approvalId,
            (session, approval, message, now) =>
            {
                if (WasAsked(session, approval))
                {
                    return "The customer was asked already.";
                }

                var language = session.Conversations.Find(approval.Conversation)?.Language ?? "und";
                session.Outbox.Add(OutboxMessage.New(approval.Conversation, Sender.Person, OutboxKind.Update, Question(language), now));
                session.Seen.Add(AskedKey(approval), now);
                var mark = $"{who.Name} asked the customer whether it arrived, {knowledge().Shop.Hours.Shown(now)}";
                session.Approvals.SetMarks(approval.Id, Case.Joined(approval.Marks, mark));
                Note(session, approval, who, "ask whether it arrived", now);
                return "The customer is asked whether it arrived.";
            },
            cancellationToken
        );

    /// <summary>The customer has it.</summary>
    /// <returns>What there is to say to the person.</returns>
    public Task<string> ArrivedAsync(Approver who, string approvalId, CancellationToken cancellationToken) =>
        DoAsync(
            approvalId,
            (session, approval, message, now) =>
            {
                session.Outbox.Arrive(message, now);
                session.Approvals.Settle(approval.Id, ApprovalState.Approved, null);
                DeliveryRecorder.Record(session, message, now);
                Note(session, approval, who, "it arrived", now);
                return "Noted: the customer has it.";
            },
            cancellationToken
        );

    /// <summary>Sends the same text once more, if it still may leave.</summary>
    /// <returns>What there is to say to the person.</returns>
    public Task<string> SendAgainAsync(Approver who, string approvalId, CancellationToken cancellationToken) =>
        DoAsync(
            approvalId,
            (session, approval, message, now) =>
            {
                if (who.WhyNot(approval, knowledge().Policy.Currency) is { } why)
                {
                    return why;
                }

                // What came after the question is the answer to it, and the person has it before them.
                session.Approvals.Settle(
                    approval.Id,
                    ApprovalState.Approved,
                    WasAsked(session, approval) ? session.Inbox.LastDecided(approval.Conversation) : null
                );
                session.Outbox.SendAgain(message.Id, now);
                Note(session, approval, who, "send again", now);
                return "It is sent again.";
            },
            cancellationToken
        );

    private async Task<string> DoAsync(
        string approvalId, Func<UnitOfWork, Approval, OutboxMessage, DateTimeOffset, string> act, CancellationToken cancellationToken)
    {
        return await store.WriteAsync(session =>
            session.Approvals.Find(approvalId) is { State: ApprovalState.Uncertain, Text.Length: > 0 } approval
            && session.Outbox.OfApproval(approval.Id) is { State: OutboxState.Uncertain } message
                ? act(session, approval, message, time.GetUtcNow()) : "Somebody has settled this meanwhile.", cancellationToken);
    }

    private static bool WasAsked(UnitOfWork session, Approval approval) => session.Seen.Has(AskedKey(approval));

    private static SeenKey AskedKey(Approval approval) => new(SeenKind.ArrivalAsked, approval.Id);

    private static void Note(UnitOfWork session, Approval approval, Approver who, string verb, DateTimeOffset now) =>
        session.Audit.Append("approval", who.Name, approval.Id, new { Verb = verb, approval.Revision, approval.Hash }, now);

    /// <summary>It promises nothing and tells nothing of the matter.</summary>
    private static string Question(string language) => language.Split('-')[0] switch
    {
        "ms" => "Adakah mesej terakhir kami sampai kepada anda? Jika tidak, beritahu kami dan kami akan hantar sekali lagi.",
        "id" => "Apakah pesan terakhir kami sudah sampai? Jika belum, beri tahu kami dan kami kirim lagi.",
        "zh" => "请问您收到我们上一条消息了吗?如果没有,请告诉我们,我们再发一次。",
        "th" => "คุณได้รับข้อความล่าสุดของเราหรือไม่ หากไม่ได้รับ โปรดแจ้งเรา แล้วเราจะส่งอีกครั้ง",
        "vi" => "Bạn đã nhận được tin nhắn gần nhất của chúng tôi chưa? Nếu chưa, hãy cho chúng tôi biết để gửi lại.",
        "es" => "¿Le llegó nuestro último mensaje? Si no, díganoslo y se lo enviamos de nuevo.",
        _ => "Did our last message reach you? If not, tell us and we send it again.",
    };
}
