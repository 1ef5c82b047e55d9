using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Host.Web.Inbox;

/// <summary>What the shop's data say of an order that was searched for.</summary>
/// <param name="InWords">Its state, day and total, in one line.</param>
/// <param name="OfCustomer">The keys of that customer's orders: whoever proved one of them is that customer.</param>
public sealed record FoundOrder(string InWords, IReadOnlyList<string> OfCustomer);

/// <summary>Finds an order by its number where the inbox is searched. A page must not wait for a shop that is slow or away.</summary>
public sealed class OrderSearch(IShop shop, CurrentPlaybooks knowledge)
{
    private const int LongestNumber = 40;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Null when the words are no order's number, or the shop's data know none, or cannot be asked.</summary>
    public async Task<FoundOrder?> FindAsync(string? words, CancellationToken cancellationToken)
    {
        if (words is null || words.Length > LongestNumber || words.Contains(' ') || !words.Any(char.IsAsciiDigit))
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            if (await shop.FindOrderAsync(OrderNumber.Key(words), patience.Token) is not { } order)
            {
                return null;
            }

            var others = order.Email is { } email ? await shop.OrdersOfAsync(email, patience.Token) : [];
            return new(InWords(order), [.. others.Append(order).Select(one => OrderNumber.Key(one.Number)).Distinct()]);
        }
        catch (ShopUnavailableException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private string InWords(Order order)
    {
        var parts = new[]
        {
            order.Status is { } status ? ConsoleWords.State(status) : "state not known",
            order.Dates.Placed is { } placed ? $"placed {ConsoleWords.At(placed, knowledge().Policy.TimeZone)}" : "",
            order.Total is { } total ? $"{total}" : "total not known",
        };
        return $"Order {OrderNumber.Shown(order.Number)} in the shop's data: {string.Join(", ", parts.Where(part => part.Length > 0))}.";
    }
}
