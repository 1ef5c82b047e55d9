namespace OpsChat.Approvals;

/// <summary>A key on a person's device or in their password manager that signs them in; the secret half never comes here.</summary>
/// <param name="Id">Of the credential, base64.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Seal">Of that person's session when it was added: it ends with what they were known by then.</param>
/// <param name="PublicKey">COSE, base64.</param>
/// <param name="SignCount">How often it signed, as the device counts; 0 where it does not count.</param>
public sealed record Passkey(
    string Id,
    string Person,
    string Seal,
    string PublicKey,
    long SignCount,
    bool IsBackupEligible,
    bool IsBackedUp,
    DateTimeOffset AddedAt
);
