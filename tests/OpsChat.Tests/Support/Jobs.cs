using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpsChat.Tests.Support;

/// <summary>A model's four jobs as one function from prompt to answer: each is told by what its prompt asks for.</summary>
internal sealed record Jobs
{
    /// <summary>From the owner's reply to the model's wording of it.</summary>
    public Func<string, string> Draft { get; init; } = owners => owners;
    public Func<string, (string Verdict, string Quote)> Judge { get; init; } = _ => ("no", "");
    public Func<string, string> Translate { get; init; } = text => text;
    public string Summary { get; init; } = "The customer waits for an answer.";

    public string Answer(string prompt) =>
        prompt.Contains("\"verdict\"") ? Judged(prompt)
        : prompt.Contains("\"translation\"") ? JsonSerializer.Serialize(new { translation = Translate(Block(prompt, "text")), language = "und" })
        : prompt.Contains("\"summary\"") ? JsonSerializer.Serialize(new { summary = Summary })
        : JsonSerializer.Serialize(new { reply = Draft(Block(prompt, "owner_reply")), language = "und" });

    private string Judged(string prompt)
    {
        var (verdict, quote) = Judge(prompt);
        return JsonSerializer.Serialize(new { verdict, quote, reason = "because" });
    }

    private static string Block(string prompt, string tag) => Regex.Match(prompt, $@"<{tag}>\s*(.*?)\s*</{tag}>", RegexOptions.Singleline).Groups[1].Value;
}
