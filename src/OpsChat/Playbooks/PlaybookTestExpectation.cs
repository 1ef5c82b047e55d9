using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Playbooks;

/// <summary>What a row of the Tests table expects: <c>Send</c>, <c>HandOff, where-is-my-order</c>, <c>Send "on its way"</c>.</summary>
/// <param name="Verdict">The verdict's name: <c>Send</c>, <c>AskCustomer</c>, <c>AskOwner</c>, <c>HandOff</c> or <c>Silent</c>.</param>
/// <param name="Issue">The playbook that must be chosen (<c>none</c> for no playbook), or null when it does not matter.</param>
/// <param name="Phrase">Words that the reply must contain, without regard to case, or null.</param>
public sealed partial record PlaybookTestExpectation(string Verdict, string? Issue, string? Phrase)
{
    private static readonly string[] Verdicts = ["Send", "AskCustomer", "AskOwner", "HandOff", "Silent"];

    /// <summary>What people call them.</summary>
    private static readonly Dictionary<string, string> s_otherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["answer"] = "Send", ["reply"] = "Send", ["sent"] = "Send", ["ask"] = "AskCustomer", ["question"] = "AskCustomer",
        ["approve"] = "AskOwner", ["approval"] = "AskOwner", ["owner"] = "AskOwner", ["colleague"] = "HandOff", ["person"] = "HandOff",
        ["handover"] = "HandOff", ["nothing"] = "Silent", ["silence"] = "Silent",
    };

    /// <summary>The expectation, or what is wrong with it. Verdicts are read without regard to case, spaces and hyphens.</summary>
    public static (PlaybookTestExpectation? Expectation, ParseError? ParseError) Parse(string expect)
    {
        var parts = Form().Match(expect);
        if (!parts.Success)
        {
            return (
                null,
                new(
                    0,
                    $"`{expect}` is not an expectation.",
                    "Write a verdict, then perhaps a comma and the playbook's name, then perhaps a phrase in quotes: Send, opening-hours "
                        + "\"until 18:00\"."
                )
            );
        }

        var written = parts.Groups["verdict"].Value.Trim();
        var plain = written.Replace(" ", "").Replace("-", "");
        var verdict = Array.Find(Verdicts, known => known.Equals(plain, StringComparison.OrdinalIgnoreCase)) ?? s_otherNames.GetValueOrDefault(plain);
        return verdict is null
            ? (
                null,
                new(
                    0,
                    $"`{written}` is not a way in which a message can end.",
                    NearNames.Remedy(
                        written,
                        Verdicts,
                        "Write Send (it answers), AskCustomer (it asks), AskOwner (you approve the answer), HandOff (a colleague takes it)."
                    )
                )
            )
            : (new(verdict, OrNull(parts.Groups["issue"]), OrNull(parts.Groups["phrase"])), null);
    }

    /// <param name="verdict">Name of the verdict that was reached.</param>
    /// <param name="issue">The playbook that was chosen, or null for none.</param>
    /// <param name="reply">The text that was sent, asked or proposed, or null when there is none.</param>
    public bool Matches(string verdict, string? issue, string? reply) =>
        verdict == Verdict
        && (Issue is null || Issue.Equals(issue ?? "none", StringComparison.OrdinalIgnoreCase))
        && (Phrase is null || reply?.Contains(Phrase, StringComparison.OrdinalIgnoreCase) == true);

    public override string ToString() => Verdict + (Issue is null ? "" : $", {Issue}") + (Phrase is null ? "" : $" \"{Phrase}\"");

    private static string? OrNull(Group group) => group.Success ? group.Value : null;

    [GeneratedRegex("""^\s*(?<verdict>[A-Za-z][A-Za-z -]*?)\s*(,\s*(?<issue>[a-z0-9]+(-[a-z0-9]+)*))?\s*,?\s*(["“](?<phrase>[^"“”]+)["”])?\s*$""")]
    private static partial Regex Form();
}
