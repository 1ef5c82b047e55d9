namespace OpsChat.Facts.Csv;

/// <summary>A column as it is called in the exports of different shop systems. Position never counts.</summary>
/// <param name="Name">What it is, in our words.</param>
/// <param name="Aliases">Headers to look for, the preferred first; compared by their letters and digits only.</param>
internal sealed record Column(string Name, params IReadOnlyList<string> Aliases)
{
    /// <summary>A header's letters and digits in lower case: <c>Paid at</c>, <c>paid_at</c> and <c>PAID AT</c> are one.</summary>
    public static string Key(string header) => string.Concat(header.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
