namespace OpsChat.Text;

/// <summary>Order numbers as people and exports write them.</summary>
public static class OrderNumber
{
    /// <summary>
    /// What two spellings of one number have in common: <c>#w261</c>, <c>W 261</c> and <c>W261</c> give <c>W261</c>. Marks inside belong to the
    /// number: <c>#70_01</c> is not <c>#7001</c>. Empty when there is no letter or digit.
    /// </summary>
    public static string Key(string number)
    {
        var key = string.Concat(number.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && c != '\u200B'))
            .Trim('#', '-', '_', '.', ',', ':', ';', '!', '?', '(', ')', '"', '\'', '/');
        return key.Any(char.IsLetterOrDigit) ? key.ToUpperInvariant() : "";
    }

    /// <summary>As it is shown: <c>#1001</c>.</summary>
    public static string Shown(string number) => "#" + Key(number);
}
