using System.Text.RegularExpressions;

namespace OpsChat.Channels.Telegram;

/// <summary>The key to the bot, from @BotFather: <c>123456:ABC-DEF…</c>. It does not print itself.</summary>
public sealed partial class BotToken
{
    private readonly string _value;

    private BotToken(string value) => _value = value;

    /// <summary>Null when the text cannot be a token; Telegram would answer 404 without saying why.</summary>
    public static BotToken? TryParse(string? text) =>
        text?.Trim() is { } trimmed && Shape().IsMatch(trimmed) ? new(trimmed) : null;

    /// <summary>The token itself, for the request path only.</summary>
    internal string Reveal() => _value;

    public override string ToString() => "(bot token)";

    [GeneratedRegex("^[0-9]{1,16}:[A-Za-z0-9_-]{3,100}$")]
    private static partial Regex Shape();
}
