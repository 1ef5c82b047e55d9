using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Host.Web;

/// <summary>Who tries something, and when.</summary>
/// <param name="Customer">Null for a stranger.</param>
sealed record TrialSetting(NamedCustomer? Customer, TimeProvider Time)
{
    /// <param name="customer">As in <see cref="NamedCustomer.FindAsync"/>; empty for a stranger.</param>
    /// <param name="at">As in <see cref="MomentClock.Read"/>; empty for now.</param>
    /// <returns>Null with a sentence when there is no such customer or time.</returns>
    public static async Task<(TrialSetting? Setting, string? Trouble)> ReadAsync(
        IShop shop, PlaybookSnapshot known, string? customer, string? at, TimeProvider time, CancellationToken cancellationToken)
    {
        DateTimeOffset? moment = string.IsNullOrWhiteSpace(at) ? null : MomentClock.Read(at, known.Policy.TimeZone);
        if (moment is null && !string.IsNullOrWhiteSpace(at))
        {
            return (null, "The time cannot be read. Write it like 2026-11-18 14:00, in the shop's time.");
        }

        var named = string.IsNullOrWhiteSpace(customer) ? null : await NamedCustomer.FindAsync(shop, customer, cancellationToken);
        return named is null && !string.IsNullOrWhiteSpace(customer)
            ? (null, "The shop's data know no such customer. Name one by e-mail address, order number, or the whole name of a buyer.")
            : (new(named, moment is { } then ? new MomentClock(then) : time), null);
    }

    public Trial Begin(PlaybookSnapshot known, IShop shop) =>
        new(known, new ShopOnlyLookups(shop, known, Time), Time)
        {
            Name = Customer?.Name,
            Identity = Customer?.Identity ?? IdentityState.Nothing,
        };
}
