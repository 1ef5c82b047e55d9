using OpsChat.Messages;
using OpsChat.Operations.Actions;

namespace OpsChat.Storage.Tables;

/// <summary>Who gets a notice, as it stands in its column.</summary>
/// <param name="Conversation">As text: <see cref="JsonNames"/> searches it.</param>
sealed record StoredRecipient(string Conversation, string Order, string Text)
{
    public static IReadOnlyList<NoticeRecipient> Read(string json) =>
        [.. Columns.List<StoredRecipient>(json).Select(one => new NoticeRecipient(ConversationId.Parse(one.Conversation), one.Order, one.Text))];

    public static string Write(IReadOnlyList<NoticeRecipient> recipients) =>
        Columns.Json(recipients.Select(one => new StoredRecipient(one.Conversation.ToString(), one.Order, one.Text)));
}
