using OpsChat.Approvals;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OpsChat.Agent;

/// <summary>
/// Who may use the owner's side: those of the settings, and the people who were added in the console. The owner token alone is one owner without
/// limit.
/// </summary>
public sealed class Approvers
{
    /// <summary>How the holder of the owner's token is called.</summary>
    private const string OwnersName = "owner";

    private readonly List<(byte[] TokenHash, SignedIn Who)> _byToken = [];
    private readonly IReadOnlyList<SignedIn> _ofSettings = [];
    private volatile IReadOnlyList<SignedIn> _added = [];

    public Approvers(IOptions<OpsChatOptions> options, OwnerToken owner)
    {
        foreach (var listed in options.Value.Approvals.Approvers)
        {
            var approver = new Approver(listed.Name, listed.Limit, listed.TelegramId) { IsOfSettings = listed.Name != OwnersName };
            // Without a token of their own they come in by a link, which the owner's token vouches for.
            var who = new SignedIn(approver, SealOf(approver, listed.Token.Length > 0 ? listed.Token : owner.Value));
            _ofSettings = [.. _ofSettings, who];
            if (listed.Token.Length > 0)
            {
                _byToken.Add((Hash(listed.Token), who));
            }
        }

        // The owner's own token always works; with approvers listed, the one of the same name gives its limit.
        var self = _ofSettings.Select(who => who.Approver).FirstOrDefault(a => a.Name == OwnersName) ?? new Approver(OwnersName, null, 0);
        Owner = new(self with { Role = PersonRole.Owner }, SealOf(self, owner.Value));
        _byToken.Add((Hash(owner.Value), Owner));
        All = _ofSettings.Count == 0 ? [Owner.Approver] : [.. _ofSettings.Select(who => who.Approver)];
    }

    /// <summary>Who has the owner's token.</summary>
    public SignedIn Owner { get; }

    /// <summary>Those of the settings.</summary>
    public IReadOnlyList<Approver> All { get; }

    /// <summary>Everybody, those of the settings first.</summary>
    public IReadOnlyList<Approver> Everybody => [.. All, .. _added.Select(who => who.Approver)];

    /// <summary>The people as the store has them now; who is left out is signed out.</summary>
    public void Know(IEnumerable<Person> people) =>
        _added = [
            .. people
                .Where(person => !IsOfSettings(person.Name))
                .Select(person => new SignedIn(person.AsApprover(), SealOf(person.AsApprover(), person.Key))),
        ];

    /// <summary>Whether the settings name that person, whom only they can change.</summary>
    public bool IsOfSettings(string name) =>
        name == Owner.Approver.Name || All.Any(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>For a link that was made for that person; null when there is nobody of that name any more.</summary>
    public SignedIn? ByName(string name) =>
        name == Owner.Approver.Name ? Owner : _ofSettings.Concat(_added).FirstOrDefault(who => who.Approver.Name == name);

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

    /// <summary>Who signed in with this seal, as things are now; null when nobody could do so any more.</summary>
    public Approver? BySeal(string seal)
    {
        var shown = Encoding.UTF8.GetBytes(seal);
        return _byToken.Select(known => known.Who).Concat(_ofSettings).Concat(_added)
            .LastOrDefault(who => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(who.Seal), shown))?.Approver;
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
