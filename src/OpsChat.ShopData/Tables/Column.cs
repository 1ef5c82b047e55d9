namespace OpsChat.ShopData.Tables;

/// <summary>A column as it is called in the exports of different shop systems. Position never counts.</summary>
/// <param name="name">What it is, in our words.</param>
/// <param name="aliases">Headers to look for, the preferred first; compared by their letters and digits only.</param>
internal sealed class Column(string name, params string[] aliases)
{
    public string Name => name;

    public IReadOnlyList<string> Aliases => aliases;

    /// <summary>The aliases as <see cref="Key"/> spells them.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. aliases.Select(Key)];

    /// <summary>A header's letters, marks and digits in lower case: <c>Paid at</c>, <c>paid_at</c> and <c>PAID AT</c> are one.</summary>
    public static string Key(string header) => string.Concat(header.Where(c => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark)).ToLowerInvariant();
}
