using OpsChat.Agent;
using OpsChat.Messages;

namespace OpsChat.Channels.Webhook;

/// <summary>Customers of the shop's own system: their messages come in signed, and what the shop says to them is told to that system,
/// signed.</summary>
public sealed class WebhookChannel(ShopSystem system) : IChannel
{
    public const string Name = "shop";

    public IReadOnlyCollection<string> Names { get; } = [Name];
    public bool DeliversByStoring => false;

    public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await system.TellAsync(message.Id, WebhookEvents.Write(message), cancellationToken) switch
            {
                ShopAnswer.Taken => new Delivery.Sent(null),
                ShopAnswer.Refused refused => new Delivery.Refused(refused.Why, CustomerLeft: false),
                ShopAnswer.NotNow late when message.Attempts + 1 >= ShopSystem.MostTries => new Delivery.Refused(
                    $"{late.Why} It was tried {ShopSystem.MostTries} times.",
                    CustomerLeft: false
                ),
                ShopAnswer.NotNow late => new Delivery.Later(ShopSystem.PauseAfter(message.Attempts), late.Why),
                ShopAnswer.Unknown unknown => new Delivery.Unknown(unknown.Why),
                _ => throw new InvalidOperationException("ShopAnswer is closed."),
            };
        }
        catch (OperationCanceledException)
        {
            return new Delivery.Unknown("OpsChat was stopped while the message was on its way.");
        }
    }
}
