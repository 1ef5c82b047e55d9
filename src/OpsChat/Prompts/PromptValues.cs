using HandlebarsDotNet;

namespace OpsChat.Prompts;

/// <summary>How values enter a prompt: as words that can neither close their block nor open another.</summary>
internal static class PromptValues
{
    // Prompts are not HTML; the escaping that protects their blocks is done by Word and Block.
    public static IHandlebars Language { get; } = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });

    public static Dictionary<string, object?> Of(PromptData data, string style)
    {
        var values = Nested(data.Facts);
        values["customer_words"] = Block(data.CustomerWords);
        values["conversation"] = Block(data.Conversation);
        values["text"] = Block(data.Text);
        values["condition"] = Block(data.Condition);
        values["playbook"] = new Dictionary<string, object?> { ["title"] = Word(data.PlaybookTitle), ["reply"] = Block(data.PlaybookReply) };
        values["facts"] = data.Facts.Select(f => new Dictionary<string, object?> { ["name"] = Word(f.Name), ["value"] = Word(f.Value) }).ToList();
        values["language"] = Word(data.Language);
        values["max_words"] = data.MaxWords > 0 ? data.MaxWords : null;
        values["failures"] = data.Failures.Select(Word).ToList();
        values["style"] = style.TrimEnd();
        return values;
    }

    /// <summary>Blocks are marked with angle brackets; in a value they become look-alikes that mark nothing.</summary>
    private static string Block(string words) => words.Replace('<', '‹').Replace('>', '›').Trim();

    // On a line of its own, so that a value cannot look like another line of the prompt.
    private static string Word(string words) => string.Join(' ', Block(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Facts as a template reaches them: <c>order.number</c> is the member <c>number</c> of <c>order</c>.</summary>
    private static Dictionary<string, object?> Nested(IReadOnlyList<(string Name, string Value)> facts)
    {
        Dictionary<string, object?> roots = [];
        foreach (var (name, value) in facts)
        {
            var dot = name.IndexOf('.');
            var root = dot < 0 ? name : name[..dot];
            if (!roots.TryGetValue(root, out var members))
            {
                roots[root] = members = new Dictionary<string, object?>();
            }
            ((Dictionary<string, object?>)members!)[name[(dot + 1)..]] = Word(value);
        }
        return roots;
    }
}
