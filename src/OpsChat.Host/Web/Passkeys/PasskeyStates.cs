using OpsChat.Agent;
using OpsChat.Storage.Tables;

namespace OpsChat.Host.Web.Passkeys;

/// <summary>What a device was asked to sign, until it answers: once, and within five minutes.</summary>
sealed class PasskeyStates(TemporaryValues values)
{
    private const int MostKept = 1000;
    private static readonly TimeSpan s_lasts = TimeSpan.FromMinutes(5);

    /// <summary>The name under which <see cref="TakeAsync"/> finds it.</summary>
    public async Task<string> KeepAsync(string? state, CancellationToken cancellationToken)
    {
        var name = Guid.NewGuid().ToString("n");
        await values.KeepAsync(new(TemporaryKind.Passkey, name, state ?? ""), s_lasts, MostKept, cancellationToken);
        return name;
    }

    /// <summary>Null when it was taken before, or is too old.</summary>
    public async Task<string?> TakeAsync(string name, CancellationToken cancellationToken) =>
        await values.TakeAsync(TemporaryKind.Passkey, name, _ => true, cancellationToken) is { Length: > 0 } state ? state : null;
}
