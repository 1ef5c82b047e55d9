using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpsChat.Tests.Support;

/// <summary>A model's jobs as one function from prompt to answer: each is told by what its prompt asks for.</summary>
internal sealed record Jobs
{
    /// <summary>From the owner's reply to the model's wording of it.</summary>
    public Func<string, string> Draft { get; init; } = owners => owners;
    public Func<string, (string Verdict, string Quote)> Judge { get; init; } = _ => ("no", "");
    public Func<string, string> Translate { get; init; } = text => text;
    /// <summary>From the offered ids to those that are chosen: before, also, after.</summary>
    public Func<IReadOnlyList<string>, (string[] Before, string[] Also, string[] After)> Compose { get; init; } = _ => ([], [], []);

    /// <summary>From the customer's words to a playbook and the words that decided it.</summary>
    public Func<string, (string Playbook, string Quote)> Read { get; init; } = _ => ("none", "");
    public Func<string, string> Suggest { get; init; } = _ => "A colleague will find out.";
    public string Summary { get; init; } = "The customer waits for an answer.";

    public string Answer(string prompt) =>
        prompt.Contains("\"verdict\"") ? Judged(prompt)
        : prompt.Contains("\"before\"") ? Composed(prompt)
        : prompt.Contains("\"values\"") ? ReadAs(Read(Block(prompt, "customer_words")))
        : prompt.Contains("\"suggestion\"")
            ? JsonSerializer.Serialize(new { suggestion = Suggest(Block(prompt, "customer_words")), language = "und" })
        : prompt.Contains("\"translation\"")
            ? JsonSerializer.Serialize(new { translation = Translate(Block(prompt, "text")), language = "und" })
        : prompt.Contains("\"summary\"") ? JsonSerializer.Serialize(new { summary = Summary })
        : JsonSerializer.Serialize(new { reply = Draft(Block(prompt, "owner_reply")), language = "und" });

    private string Judged(string prompt)
    {
        var (verdict, quote) = Judge(prompt);
        return JsonSerializer.Serialize(new { verdict, quote, reason = "because" });
    }

    private string Composed(string prompt)
    {
        var (before, also, after) = Compose([
            .. Regex
                .Matches(prompt, "^- ((?:greeting|thanks|sorry|transition|closing|rule)-[0-9]+):", RegexOptions.Multiline)
                .Select(m => m.Groups[1].Value),
        ]);
        return JsonSerializer.Serialize(
            new
            {
                before,
                also,
                after,
            }
        );
    }

    private static string ReadAs((string Playbook, string Quote) read) =>
        JsonSerializer.Serialize(new { playbook = read.Playbook, quote = read.Quote, values = Array.Empty<object>() });

    private static string Block(string prompt, string tag) =>
        Regex.Match(prompt, $@"<{tag}>\s*(.*?)\s*</{tag}>", RegexOptions.Singleline).Groups[1].Value;
}
