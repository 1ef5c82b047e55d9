using System.ComponentModel;
using Microsoft.SemanticKernel;
using OpsChat.Drafting;

namespace OpsChat.Models.Jobs;

/// <summary>
/// Read-only look-ups as the model sees them. Whose orders they are about is fixed by the conversation; no argument names a customer or an order.
/// </summary>
internal sealed class ShopPlugin(ShopLookups lookups)
{
    public const string Name = "shop";

    [KernelFunction("find_product"), Description("Finds a product of the shop by its name, with price, sizes and address.")]
    public Task<string> FindProductAsync(
        [Description("the product's name as the customer wrote it")] string query, CancellationToken cancellationToken) =>
        lookups.ProductAsync(query, cancellationToken);

    [KernelFunction("stock"), Description("Whether a product is in stock, and when it is back.")]
    public Task<string> StockAsync([Description("the product's name, with size or colour")] string product, CancellationToken cancellationToken) =>
        lookups.ProductAsync(product, cancellationToken);

    [KernelFunction("delivery_times"), Description("How long delivery takes and what it costs.")]
    public string DeliveryTimes() => lookups.DeliveryTimes();

    [KernelFunction("policy_text"), Description("What the owner has written about a topic: returns, warranty, payment and the like.")]
    public string PolicyText([Description("the topic in a few words")] string topic) => lookups.PolicyText(topic);

    [KernelFunction("my_orders"), Description("The orders of the customer in this conversation, when the chat has proved whose they are.")]
    public Task<string> MyOrdersAsync(CancellationToken cancellationToken) => lookups.MyOrdersAsync(cancellationToken);

    [KernelFunction("my_shipments"), Description("The shipments of the customer's proven order.")]
    public Task<string> MyShipmentsAsync(CancellationToken cancellationToken) => lookups.MyShipmentsAsync(cancellationToken);
}

/// <summary>
/// Actions as the model sees them. They exist so that a wish can be proposed in a form that the owner can decide; <see cref="ProposalFilter"/>
/// stops every call, so that none of these bodies is ever reached.
/// </summary>
internal sealed class ActionPlugin
{
    public const string Name = "actions";

    [KernelFunction("propose_refund"), Description("Proposes to the owner that the customer's proven order is refunded. The owner decides.")]
    public static string ProposeRefund([Description("why, in a few words")] string reason) => Never(reason);

    [KernelFunction("propose_cancel"), Description("Proposes to the owner that the customer's proven order is cancelled. The owner decides.")]
    public static string ProposeCancel([Description("why, in a few words")] string reason) => Never(reason);

    [KernelFunction("propose_replacement"), Description("Proposes to the owner that the customer's proven order is sent again. The owner decides.")]
    public static string ProposeReplacement([Description("why, in a few words")] string reason) => Never(reason);

    private static string Never(string reason) =>
        throw new InvalidOperationException($"An action is never carried out by a model ({reason.Length} characters of reason).");
}
