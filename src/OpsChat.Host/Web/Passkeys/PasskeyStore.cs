using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Storage;

namespace OpsChat.Host.Web.Passkeys;

/// <summary>A person of the shop, as the framework's passkey handler knows one.</summary>
sealed record PasskeyPerson(string Name, string Seal)
{
    /// <summary>What a device keeps as the account's handle: it tells a finder of the device nothing.</summary>
    public string Handle => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"passkey:{Name}")));
}

/// <summary>Our people and their passkeys, in the shape that the framework's handler asks for. It adds and changes no people.</summary>
sealed class PasskeyStore(IStore store, Approvers people, TimeProvider time) : IUserPasskeyStore<PasskeyPerson>
{
    public Task<PasskeyPerson?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(
            people
                .Everybody.Select(known => known.Name)
                .Append(people.Owner.Approver.Name)
                .Distinct()
                .Select(PersonOf)
                .FirstOrDefault(person => person?.Handle == userId)
        );

    public Task<PasskeyPerson?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(PersonOf(normalizedUserName));

    public Task<string> GetUserIdAsync(PasskeyPerson user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

    public Task<string?> GetUserNameAsync(PasskeyPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task<string?> GetNormalizedUserNameAsync(PasskeyPerson user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(PasskeyPerson user, string? userName, CancellationToken cancellationToken) => throw Fixed();

    public Task SetNormalizedUserNameAsync(PasskeyPerson user, string? normalizedName, CancellationToken cancellationToken) => throw Fixed();

    public Task<IdentityResult> CreateAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw Fixed();

    public Task<IdentityResult> UpdateAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw Fixed();

    public Task<IdentityResult> DeleteAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw Fixed();

    public Task AddOrUpdatePasskeyAsync(PasskeyPerson user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                var (now, id) = (time.GetUtcNow(), Convert.ToBase64String(passkey.CredentialId));
                if (session.Passkeys.Find(id) is null)
                {
                    session.Audit.Append("people", user.Name, user.Name, new { Verb = "add a passkey" }, now);
                }

                session.Passkeys.Save(
                    new(
                        id,
                        user.Name,
                        user.Seal,
                        Convert.ToBase64String(passkey.PublicKey),
                        passkey.SignCount,
                        passkey.IsBackupEligible,
                        passkey.IsBackedUp,
                        now
                    )
                );
            },
            cancellationToken
        );

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyPerson user, CancellationToken cancellationToken) =>
        [
            .. (await store.ReadAsync(session => session.Passkeys.Of(user.Name), cancellationToken))
                .Where(known => known.Seal == user.Seal)
                .Select(InfoOf),
        ];

    public async Task<PasskeyPerson?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var known = await store.ReadAsync(session => session.Passkeys.Find(Convert.ToBase64String(credentialId)), cancellationToken);
        return known is null ? null : PersonOf(known.Person);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyPerson user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var known = await store.ReadAsync(session => session.Passkeys.Find(Convert.ToBase64String(credentialId)), cancellationToken);
        return known is not null && known.Person == user.Name && known.Seal == user.Seal ? InfoOf(known) : null;
    }

    public Task RemovePasskeyAsync(PasskeyPerson user, byte[] credentialId, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session =>
            {
                if (session.Passkeys.Remove(user.Name, Convert.ToBase64String(credentialId)))
                {
                    session.Audit.Append("people", user.Name, user.Name, new { Verb = "remove a passkey" }, time.GetUtcNow());
                }
            },
            cancellationToken
        );

    public void Dispose()
    {
        // The store is the host's.
    }

    private PasskeyPerson? PersonOf(string name) => people.ByName(name) is { } who ? new(who.Approver.Name, who.Seal) : null;

    /// <summary>What the device attested when it was added is checked then, and not kept.</summary>
    private static UserPasskeyInfo InfoOf(Passkey known) =>
        new(
            Convert.FromBase64String(known.Id),
            Convert.FromBase64String(known.PublicKey),
            known.AddedAt,
            (uint)known.SignCount,
            transports: null,
            isUserVerified: true,
            known.IsBackupEligible,
            known.IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        );

    private static NotSupportedException Fixed() => new("People are added and changed under People, not by the passkey handler.");
}
