using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>What came of a wish to be forgotten.</summary>
/// <param name="Conversations">Erased conversations; 0 when nobody is known under that name.</param>
public sealed record ForgettingReport(int Conversations);

/// <summary>
/// Erases customers' words and details and keeps the numbers: counters, evidence and outcomes stay as they are, the audit chain stays
/// whole. Works while the host runs: a decision that was under way for an erased conversation is not committed. Erased text may still lie in
/// free space of the file and in its log, where no program shows it, until <see cref="FileRewrite"/> has been there.
/// </summary>
public sealed class Forgetting(IStore store, TimeProvider time)
{
    /// <param name="customer">A conversation (<c>tg:12345</c>), or an e-mail address that customers gave to prove an order.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public async Task<ForgettingReport> ForgetAsync(string customer, string who, CancellationToken cancellationToken)
    {
        // Every customer's words are read for an address, and nobody who writes waits for that.
        var meant = await store.ReadAsync(Whom(customer), cancellationToken);
        return await EraseAsync(_ => meant, who, "forget", cancellationToken);
    }

    /// <summary>The conversations that would be erased; empty when nobody is known under that name.</summary>
    /// <exception cref="FormatException">It is neither a conversation nor an address.</exception>
    public Task<IReadOnlyList<ConversationId>> MeantAsync(string customer, CancellationToken cancellationToken)
    {
        var whom = Whom(customer);
        return store.ReadAsync<IReadOnlyList<ConversationId>>(
            session => [.. whom(session).Where(id => session.Conversations.Find(id) is not null)],
            cancellationToken
        );
    }

    private static Func<UnitOfWork, IReadOnlyList<ConversationId>> Whom(string customer) =>
        ConversationId.TryParse(customer.Trim(), out var id) ? _ => [id]
        : customer.Contains('@') ? session => session.Privacy.WithEmail(customer)
        : throw new FormatException($"'{customer}' is neither a conversation (tg:12345, web:…, api:…) nor an e-mail address.");

    /// <summary>Erases up to <paramref name="most"/> conversations that have been quiet since before then and owe nobody an answer.</summary>
    public Task<ForgettingReport> ForgetQuietAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        EraseAsync(session => session.Privacy.QuietSince(before, most), "opschat", "retention", cancellationToken);

    /// <summary>A to-do was ticked off: it kept the order of a forgotten customer only for as long as the shop owed it.</summary>
    public static void ToDoIsDone(UnitOfWork session, string toDo, DateTimeOffset now)
    {
        if (session.Privacy.EraseDone(toDo))
        {
            FileRewrite.Want(session, now);
        }
    }

    private Task<ForgettingReport> EraseAsync(
        Func<UnitOfWork, IReadOnlyList<ConversationId>> whom,
        string who,
        string why,
        CancellationToken cancellationToken
    ) =>
        store.WriteAsync(
            session =>
            {
                var now = time.GetUtcNow();
                var erased = whom(session).Count(id => Erase(session, id, who, why, now));
                if (erased > 0)
                {
                    FileRewrite.Want(session, now);
                }

                return new ForgettingReport(erased);
            },
            cancellationToken
        );

    private static bool Erase(UnitOfWork session, ConversationId id, string who, string why, DateTimeOffset now)
    {
        var pseudonym = new ConversationId(PrivacyTable.Forgotten, Ids.New('f', now));
        if (id.Channel != PrivacyTable.Forgotten)
        {
            // Nobody will hear how their delivery ended, and a row that is erased says nothing to whoever reports it.
            foreach (var message in session.Outbox.OfApprovalsOnTheirWay(id))
            {
                DeliveryRecorder.LoseSight(session, message, now);
            }

            foreach (var owed in session.ToDos.OpenOf(id))
            {
                session.ToDos.Instruct(owed.Id, owed.Instruction ?? ToDoText.OfForgotten(owed.Text, owed.OrderNumber, owed.Amount));
            }
        }

        if (id.Channel == PrivacyTable.Forgotten || !session.Privacy.Erase(id, pseudonym, now))
        {
            return false;
        }

        session.Outcomes.Rename(id.ToString(), pseudonym.ToString());
        session.Audit.Append("privacy", who, pseudonym.ToString(), new { Verb = why, Rows = session.AuditedRows.Count(pseudonym) }, now);
        return true;
    }
}
