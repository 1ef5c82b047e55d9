namespace OpsChat.Host.Commands;

/// <summary>Texts of others on a terminal: no escape sequence of theirs may move the cursor or change colours.</summary>
static class TerminalText
{
    public static string Plain(string text) => string.Concat(text.Select(c => c is '\n' or '\t' || !char.IsControl(c) ? c : '\uFFFD'));
}
