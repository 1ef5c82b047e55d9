using System.Collections.Concurrent;
using OpsChat.Facts;
using OpsChat.Messages;

namespace OpsChat.Host.Web.Inbox;

/// <summary>
/// The names of customers who proved an order, by the shop's data. A page must not wait for a shop that is slow or away: what is not known in time
/// is shown without a name, and known the next time.
/// </summary>
public sealed class ProvenNames(IShop shop, TimeProvider time)
{
    private const int MostRemembered = 10_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(150), s_lasts = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (Task<string?> Name, long Asked)> _byOrder = new();

    public async Task<IReadOnlyDictionary<ConversationId, string>> OfAsync(IEnumerable<InboxRow> rows)
    {
        var asked = rows.Where(row => row.Name is null && row.Proven.Count > 0)
            .Select(row => (row.Conversation, Name: OfOrder(row.Proven[^1])))
            .ToList();
        await Task.WhenAny(Task.WhenAll(asked.Select(one => one.Name)), Task.Delay(s_patience, time));
        return asked
            .Where(one => one.Name is { IsCompletedSuccessfully: true, Result: not null })
            .ToDictionary(one => one.Conversation, one => one.Name.Result!);
    }

    /// <summary>How a person speaks of that customer: the name that was given, else the proven one, else where they write.</summary>
    public async Task<string> OfAsync(Conversation known)
    {
        if (!string.IsNullOrWhiteSpace(known.Name) || known.Identity.Proven.Count == 0)
        {
            return string.IsNullOrWhiteSpace(known.Name) ? ConsoleWords.Customer(known.Id) : known.Name;
        }

        var name = OfOrder(known.Identity.Proven[^1]);
        await Task.WhenAny(name, Task.Delay(s_patience, time));
        return (name.IsCompletedSuccessfully ? name.Result : null) ?? ConsoleWords.Customer(known.Id);
    }

    private Task<string?> OfOrder(string key)
    {
        if (_byOrder.TryGetValue(key, out var known) && time.GetElapsedTime(known.Asked) < s_lasts)
        {
            return known.Name;
        }

        if (_byOrder.Count >= MostRemembered)
        {
            _byOrder.Clear();
        }

        var name = AskAsync(key);
        _byOrder[key] = (name, time.GetTimestamp());
        return name;
    }

    private async Task<string?> AskAsync(string key)
    {
        try
        {
            return (await shop.FindOrderAsync(key, CancellationToken.None))?.BuyerName;
        }
        catch (ShopUnavailableException)
        {
            return null;
        }
    }
}
