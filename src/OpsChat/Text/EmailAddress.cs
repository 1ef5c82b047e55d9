namespace OpsChat.Text;

/// <summary>How an e-mail address looks inside a text. One pattern for every reader.</summary>
internal static class EmailAddress
{
    /// <summary>Bounded, and tried only where a word begins, so that 100 kB without an @ are read once (RFC 5321: a local part has at most 64
    /// octets, a label 63).</summary>
    public const string Pattern = @"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}";
}
