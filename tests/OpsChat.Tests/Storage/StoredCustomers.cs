using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Tests.Storage;

/// <summary>Customers in a store, without a host that answers them.</summary>
static class StoredCustomers
{
    public static ConversationId Of(string customer) => new("web", customer);

    /// <summary>A message of that customer.</summary>
    public static void Wrote(UnitOfWork session, string customer, string text, DateTimeOffset at, string? name = null) =>
        session.Inbox.Admit(new(Of(customer), Ids.New('x', at), new(text), [], at, name), Ids.New('m', at));

    /// <summary>A hand-off that is open, with a draft.</summary>
    public static void Waits(UnitOfWork session, string customer, DateTimeOffset since) =>
        session.HandOffs.Save(
            new()
            {
                Id = $"h-{customer}",
                Conversation = Of(customer),
                CaseId = $"k-{customer}",
                Turn = $"t-{customer}",
                CustomerWords = $"words of {customer}",
                Suggestion = "A draft.",
                To = "support",
                CreatedAt = since,
                At = since,
            }
        );
}
