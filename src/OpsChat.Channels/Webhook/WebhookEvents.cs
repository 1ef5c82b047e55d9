using System.Text.Json;
using System.Text.Json.Serialization;
using OpsChat.Approvals;
using OpsChat.Messages;
using OpsChat.Operations.Actions;

namespace OpsChat.Channels.Webhook;

/// <summary>The bodies that go between OpsChat and the shop's own system, as JSON in camelCase. <c>docs/webhook.md</c> shows them.</summary>
public static class WebhookEvents
{
    public const string CustomerMessage = "customer.message",
        ShopMessage = "shop.message",
        ShopToDo = "shop.todo",
        ShopActionEvent = "shop.action",
        ShopActionUndone = "shop.action.undone";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>What the shop says to a customer of its system.</summary>
    public static byte[] Write(OutboxMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = ShopMessage,
                message.Id,
                customer = message.Conversation.Customer,
                message.Seq,
                from = message.From.ToString().ToLowerInvariant(),
                message.Text,
                at = message.CreatedAt,
            },
            s_json
        );

    /// <summary>What somebody in the shop has to look at: the approved text that left, and what it is about. The sum is the largest that the text
    /// names, which a refusal does too.</summary>
    public static byte[] Write(ToDo todo, Approval approval) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = ShopToDo,
                todo.Id,
                approval = approval.Id,
                approval.Revision,
                approval.Hash,
                playbook = todo.Action,
                order = todo.OrderNumber,
                todo.Text,
                largestAmountNamed = todo.Amount is { } amount ? new { minor = amount.Minor, currency = amount.Currency } : null,
                arrived = approval.State == ApprovalState.Uncertain ? "unknown" : "yes",
                conversation = approval.Conversation.ToString(),
                approvedBy = approval.DecidedBy,
                approvedAt = approval.DecidedAt,
            },
            s_json
        );

    /// <summary>An approved action, to be done once: its id is the idempotency key, and how it ended is told to
    /// <c>/api/actions/{id}/result</c>.</summary>
    public static byte[] Write(ShopAction action) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            type = ShopActionEvent, action.Id, kind = action.Kind.Word(), action.Subject, action.Parameters, action.Text,
            amount = action.Amount is { } amount ? new { minor = amount.Minor, currency = amount.Currency } : null,
            approval = action.Id, action.Revision, action.Hash, approvedBy = action.DecidedBy, approvedAt = action.DecidedAt,
        },
        s_json);

    /// <summary>An action that was told, or may have been, is taken back.</summary>
    public static byte[] WriteUndo(ShopAction action) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = ShopActionUndone,
                id = $"{action.Id}.undo",
                action = action.Id,
                kind = action.Kind.Word(),
                action.Subject,
                action.Parameters,
                action.Hash,
                undoneAt = action.ResultAt,
            },
            s_json
        );

    /// <summary>A customer's message; null when the body is none.</summary>
    public static PostedByShop? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<PostedByShop>(body, s_json) is { Type: CustomerMessage } posted ? posted : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A customer's message as the shop's own system delivers it.</summary>
/// <param name="Id">The system's own id of the message, which makes a repeat harmless.</param>
public sealed record PostedByShop(string? Type, string? Id, string? Customer, string? Text, string? Name);
