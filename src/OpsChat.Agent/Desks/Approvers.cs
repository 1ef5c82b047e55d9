using OpsChat.Approvals;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OpsChat.Agent;

/// <summary>Who may decide, from the settings. The owner token alone is one approver named owner, without limit.</summary>
public sealed class Approvers
{
    private readonly List<(byte[] TokenHash, SignedIn Who)> _byToken = [];

    public Approvers(IOptions<OpsChatOptions> options, OwnerToken owner)
    {
        foreach (var listed in options.Value.Approvals.Approvers)
        {
            var approver = new Approver(listed.Name, listed.Limit, listed.TelegramId);
            All = [.. All, approver];
            if (listed.Token.Length > 0)
            {
                _byToken.Add((Hash(listed.Token), new(approver, SealOf(approver, listed.Token))));
            }
        }

        // The owner's own token always works; with approvers listed, the one of the same name gives its limit.
        var self = All.FirstOrDefault(a => a.Name == "owner") ?? new Approver("owner", null, 0);
        _byToken.Add((Hash(owner.Value), new(self, SealOf(self, owner.Value))));
        All = All.Count == 0 ? [self] : All;
    }

    public IReadOnlyList<Approver> All { get; private set; } = [];

    /// <summary>Whose token this is, or null. Takes the same time for every wrong token.</summary>
    public SignedIn? ByToken(string token)
    {
        var hash = Hash(token);
        SignedIn? found = null;
        foreach (var (known, who) in _byToken)
        {
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? who : found;
        }

        return found;
    }

    /// <summary>Who signed in with this seal, as the settings are now; null when nobody could do so any more.</summary>
    public Approver? BySeal(string seal)
    {
        var shown = Encoding.UTF8.GetBytes(seal);
        return _byToken.Select(known => known.Who).LastOrDefault(who => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(who.Seal), shown))?.Approver;
    }

    public Approver? ByTelegramId(long id) => id == 0 ? null : All.FirstOrDefault(a => a.TelegramId == id);

    /// <summary>Another name or another token is another seal, so that either ends what was begun with the old one. Limits are no part of it:
    /// they are looked up.</summary>
    private static string SealOf(Approver approver, string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes($"console:{approver.Name}")));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>An approver who showed the token.</summary>
/// <param name="Seal">A keyed hash of name and token, by which a session is known again without holding either secret.</param>
public sealed record SignedIn(Approver Approver, string Seal)
{
    public override string ToString() => Approver.Name;
}

/// <summary>The owner's secret for console and API. Its text never shows it.</summary>
public sealed class OwnerToken(string value)
{
    public string Value { get; } = value;
    public override string ToString() => "(secret)";
}
