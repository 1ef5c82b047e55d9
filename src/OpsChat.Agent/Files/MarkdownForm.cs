using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary><c>_shop.md</c> and prompts as forms: a field for each line of the front matter and for each section. Pure.</summary>
static class MarkdownForm
{
    private const string Key = "key:", Section = "text:";

    /// <summary>What the profile understands beyond facts of the shop's own, whether the file has it or not.</summary>
    private static readonly (string Key, string Hint)[] s_known =
    [
        ("name", "as customers read it"),
        ("url", "of your shop"),
        ("currency", "such as MYR"),
        ("time_zone", "such as Asia/Kuala_Lumpur"),
        ("opening_hours/mon-fri", "such as 09:00-18:00, or closed"),
        ("answer_within", "opening time that a person may take to answer, such as 4 hours"),
        ("handling_days", "days until a parcel leaves"),
        ("carriers", "such as [Laju Kurier, Selat Express]"),
        ("shipping_fees", ""),
        ("return_window", "days"),
        ("stock_wording", "how many pieces are left: yes-no, low or exact"),
        ("vip", "whom you treat first, as a condition: customer.orders >= 10"),
    ];

    public static OwnedForm Of(OwnedKind kind, string text)
    {
        var sections = OwnersText.Sections(text);
        IReadOnlyList<FormGroup> texts =
        [
            .. sections.GroupBy(section => section.Name.Split('/')[0])
                .Select(of => new FormGroup(of.Key.Length == 0 ? "Text" : of.Key, "", [.. of.Select(section => Words(section))])),
        ];
        return new(kind == OwnedKind.Shop ? [Facts(text), .. texts] : texts);
    }

    public static string With(string text, FieldEdit edit) =>
        edit.Path.StartsWith(Key, StringComparison.Ordinal) ? OwnersText.WithValue(text, edit.Path[Key.Length..], edit.Value)
        : edit.Path.StartsWith(Section, StringComparison.Ordinal) ? OwnersText.WithSection(text, edit.Path[Section.Length..], edit.Value)
        : text;

    private static FormGroup Facts(string text)
    {
        var there = OwnersText.FrontMatter(text);
        var hints = s_known.ToDictionary(known => known.Key, known => known.Hint);
        var has = there.Select(line => line.Key).ToHashSet();
        return new(
            "True for the whole shop",
            "Every line is a fact for all playbooks. A field that is emptied leaves the file.",
            [
                .. there.Select(line => new FormField(
                    Key + line.Key,
                    Label(line.Key),
                    line.Value,
                    FieldShape.Text,
                    hints.GetValueOrDefault(line.Key, ""),
                    line.Line,
                    line.Line
                )),
                .. s_known
                    .Where(known => !has.Contains(known.Key))
                    .Where(known => !has.Any(key => key.StartsWith($"{known.Key.Split('/')[0]}/", StringComparison.Ordinal)))
                    .Select(known => new FormField(Key + known.Key, Label(known.Key), "", FieldShape.Text, known.Hint)),
            ]
        );
    }

    private static FormField Words(TextSection section) => new(
        Section + section.Name,
        section.Name.Split('/') is [_, var language] ? $"In {language}" : "Words",
        section.Text,
        FieldShape.Lines,
        "",
        section.Line,
        section.Last
    );

    private static string Label(string key)
    {
        var words = key.Replace('_', ' ').Replace("/", ", ", StringComparison.Ordinal);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
