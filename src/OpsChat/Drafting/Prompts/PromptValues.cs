using OpsChat.Facts;
using Scriban.Runtime;

namespace OpsChat.Drafting.Prompts;

/// <summary>How values enter a prompt: as words that can neither close their block nor open another.</summary>
internal static class PromptValues
{
    public static ScriptObject Of(PromptData data, string style)
    {
        var values = Facts(data.Facts);
        values["customer_words"] = Block(data.CustomerWords);
        values["conversation"] = Block(data.Conversation);
        values["text"] = Block(data.Text);
        values["condition"] = Block(data.Condition);
        values["question"] = Block(data.Question);
        values["playbook"] = Members(("title", Word(data.PlaybookTitle)), ("reply", Block(data.PlaybookReply)));
        values["facts"] = List(data.Facts.Select(fact => Members(("name", Word(fact.Name)), ("value", Word(fact.Value)))));
        values["playbooks"] = List(data.Playbooks.Select(choice =>
            Members(("id", Word(choice.Id)), ("title", Word(choice.Text)), ("about", Word(choice.About)))));
        values["phrases"] = Choices(data.Phrases);
        values["additions"] = Choices(data.Additions);
        values["slots"] = List(data.Slots.Select(Word));
        values["failures"] = List(data.Failures.Select(Word));
        values["language"] = Word(data.Language);
        values["max_words"] = data.MaxWords > 0 ? data.MaxWords : null;
        values["style"] = style.TrimEnd();
        return values;
    }

    /// <summary>Blocks are marked with angle brackets; in a value they become look-alikes that mark nothing.</summary>
    private static string Block(string words) => words.Replace('<', '‹').Replace('>', '›').Trim();

    // On a line of its own, so that a value cannot look like another line of the prompt.
    private static string Word(string words) => string.Join(' ', Block(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static ScriptArray Choices(IEnumerable<PromptChoice> choices) =>
        List(choices.Select(choice => Members(("id", Word(choice.Id)), ("text", Word(choice.Text)))));

    private static ScriptArray List(IEnumerable<object?> items) => new(items);

    private static ScriptObject Members(params ReadOnlySpan<(string Name, string Value)> members)
    {
        ScriptObject values = [];
        foreach (var (name, value) in members)
        {
            values[name] = value;
        }

        return values;
    }

    /// <summary>
    /// Facts as a template reaches them: <c>order.number</c> is the member <c>number</c> of <c>order</c>. Known names without a value are there,
    /// and empty.
    /// </summary>
    private static ScriptObject Facts(IReadOnlyList<(string Name, string Value)> facts)
    {
        ScriptObject roots = [];
        var known = FactNames.All.Keys.Select(name => (Name: name, Value: (string?)null));
        foreach (var (name, value) in known.Concat(facts.Select(fact => (fact.Name, (string?)Word(fact.Value)))))
        {
            var dot = name.IndexOf('.');
            var root = dot < 0 ? name : name[..dot];
            if (roots[root] is not ScriptObject members)
            {
                roots[root] = members = [];
            }

            members[name[(dot + 1)..]] = value;
        }

        return roots;
    }
}
