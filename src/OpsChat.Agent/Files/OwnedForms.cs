using System.Globalization;
using System.Text.Json;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>How a value is written in a form.</summary>
public enum FieldShape { Text, Long, Number, Numbers, Flag, Choice }

/// <summary>One value of a file as a field of a form.</summary>
/// <param name="Path">Where it stands in the file: <c>/stock/halfLife</c> in JSON, <c>key:name</c> and <c>text:Greeting/ms</c> in Markdown.</param>
/// <param name="Value">As it is written; empty when the file does not say it.</param>
/// <param name="Hint">What it means, its unit and its bounds.</param>
/// <param name="Line">Where it stands in the file, from 1; 0 when it does not. So for <paramref name="Last"/>, its last line.</param>
/// <param name="Column">Where it begins in its line; 0 when it has the whole line.</param>
public sealed record FormField(
    string Path,
    string Label,
    string Value,
    FieldShape Shape = FieldShape.Text,
    string Hint = "",
    int Line = 0,
    int Last = 0,
    int Column = 0
)
{
    /// <summary>For <see cref="FieldShape.Choice"/>: what may be chosen.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What is wrong with it, in whole sentences.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The file may leave it out.</summary>
    public bool IsOptional { get; init; } = true;
}

/// <summary>Fields that belong together and can be taken away together: a row of a table.</summary>
public sealed record FormRow(string Path, string Title, IReadOnlyList<FormField> Fields);

/// <summary>A part of a form.</summary>
/// <param name="Says">What it is about; empty for nothing to say.</param>
/// <param name="Rows">The rows of its table; null when it has none.</param>
/// <param name="AddTo">Where a new row goes; null where none can be added.</param>
/// <param name="NewNeedsName">The new row is known by a name that is typed.</param>
public sealed record FormGroup(
    string Title,
    string Says,
    IReadOnlyList<FormField> Fields,
    IReadOnlyList<FormRow>? Rows = null,
    string? AddTo = null,
    bool NewNeedsName = false
);

/// <summary>A file of the owner's as a form.</summary>
/// <param name="Trouble">Why there is no form of this text; null when there is one.</param>
public sealed record OwnedForm(IReadOnlyList<FormGroup> Groups, string? Trouble = null);

/// <summary>What was changed in a form.</summary>
/// <param name="Path">A <see cref="FormField.Path"/>.</param>
public readonly record struct FieldEdit(string Path, string Value);

/// <summary>
/// The owner's settings, profile and prompts as forms. A form is read from the file's text and writes into it, value by value, so that the text
/// beside it says the same at every moment, and whatever else stands there stays. Pure.
/// </summary>
public static class OwnedForms
{
    /// <summary>Whether a file of that kind has a form; a playbook is written as a text.</summary>
    public static bool Has(OwnedKind kind) => kind != OwnedKind.Playbook;

    /// <param name="findings">What is wrong with the text; each is shown beside the field it is about.</param>
    public static OwnedForm Read(OwnedKind kind, string text, IReadOnlyList<Finding> findings)
    {
        var form = kind switch
        {
            OwnedKind.Operations => OfJson(text, OperationsForm.Of),
            OwnedKind.Canary => OfJson(text, CanaryForm.Of),
            OwnedKind.Shop or OwnedKind.Prompt => MarkdownForm.Of(kind, text),
            _ => new([], "A playbook is written as a text."),
        };
        FormField With(FormField field) => field with { Findings = [.. findings.Where(finding => IsAbout(finding, field, form))] };
        return form with
        {
            Groups =
            [
                .. form.Groups.Select(group => group with
                {
                    Fields = [.. group.Fields.Select(With)],
                    Rows = group.Rows is null ? null : [.. group.Rows.Select(row => row with { Fields = [.. row.Fields.Select(With)] })],
                }),
            ],
        };
    }

    /// <summary>The text with these edits in it, in their order.</summary>
    public static string Apply(OwnedKind kind, string text, IEnumerable<FieldEdit> edits)
    {
        if (kind is OwnedKind.Shop or OwnedKind.Prompt)
        {
            return edits.Aggregate(text, MarkdownForm.With);
        }

        text = text.Trim().Length == 0 ? "{\n}\n" : text;
        return JsonEdit.IsObject(text) ? edits.Aggregate(text, (now, edit) => WithJson(kind, now, edit)) : text;
    }

    /// <summary>The text with one more row.</summary>
    /// <param name="addTo">A <see cref="FormGroup.AddTo"/>.</param>
    /// <param name="name">For a group whose new rows need one.</param>
    public static string Add(OwnedKind kind, string text, string addTo, string name)
    {
        if (!JsonEdit.IsObject(text) || Row(kind, addTo) is not { } row)
        {
            return text;
        }

        var (isNamed, begun) = row;
        if (isNamed)
        {
            var at = $"{addTo}/{JsonEdit.Part(name.Trim())}";
            return name.Trim().Length == 0 || JsonEdit.Find(text, at) is not null ? text : JsonEdit.Set(text, at, begun);
        }

        return JsonEdit.Find(text, addTo) is { Kind: JsonTokenType.StartArray } list
            ? JsonEdit.Set(text, $"{addTo}/{list.Count}", begun)
            : JsonEdit.Set(text, addTo, $"[ {begun} ]");
    }

    /// <summary>The text without that row.</summary>
    /// <param name="path">A <see cref="FormRow.Path"/>.</param>
    public static string Remove(string text, string path) => JsonEdit.IsObject(text) ? JsonEdit.Set(text, path, null) : text;

    private static (bool IsNamed, string Begun)? Row(OwnedKind kind, string addTo) => (kind, addTo) switch
    {
        (OwnedKind.Operations, "/handOffs") => (
            false,
            """{ "function": "", "agent": "", "person": "", "trigger": "" }"""
        ),
        (OwnedKind.Operations, "/routes") => (false, """{ "when": "", "to": "" }"""),
        (OwnedKind.Operations, "/off") => (false, """{ "monitor": "" }"""),
        (OwnedKind.Operations, "/lanes") => (true, """{ "autonomy": "recommend" }"""),
        (OwnedKind.Canary, "/playbooks") => (true, """{ "percentage": 0 }"""),
        _ => null,
    };

    private static string WithJson(OwnedKind kind, string text, FieldEdit edit)
    {
        var known = Read(kind, text, []).Groups.SelectMany(group => group.Fields.Concat((group.Rows ?? []).SelectMany(row => row.Fields)));
        return known.FirstOrDefault(field => field.Path == edit.Path) is { } field
            ? JsonEdit.Set(text, edit.Path, Json(field, edit.Value.Trim()))
            : text;
    }

    /// <summary>What cannot be such a value is written as a text, so that the file's own check says what is wrong with it.</summary>
    private static string? Json(FormField field, string value) => field.Shape switch
    {
        _ when value.Length == 0 && field.IsOptional => null,
        FieldShape.Number when IsNumber(value) => value,
        FieldShape.Numbers when value.Split(',', StringSplitOptions.TrimEntries) is var parts && parts.All(IsNumber) =>
            $"[{string.Join(", ", parts)}]",
        FieldShape.Long => JsonEdit.String(value.ReplaceLineEndings(" ")),
        FieldShape.Flag when value is "true" or "false" => value,
        _ => JsonEdit.String(value),
    };

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        && text[0] is '-' or (>= '0' and <= '9') && text[^1] != '.' && !(text.TrimStart('-') is ['0', >= '0' and <= '9', ..]);

    private static OwnedForm OfJson(string text, Func<string, IReadOnlyList<FormGroup>> groups)
    {
        text = text.Trim().Length == 0 ? "{}" : text;
        return JsonEdit.IsObject(text) ? new(groups(text)) : new([], "The text is not JSON, so there is no form of it. Mend the text beside first.");
    }

    /// <summary>In the field's lines; where several fields stand in one line, the last that begins before it, or with it.</summary>
    private static bool IsAbout(Finding finding, FormField field, OwnedForm form)
    {
        if (field.Line == 0 || finding.Line < field.Line || finding.Line > field.Last)
        {
            return false;
        }

        var inLine = form.Groups.SelectMany(group => group.Fields.Concat((group.Rows ?? []).SelectMany(row => row.Fields)))
            .Where(other => other.Line == finding.Line && other.Column <= finding.Column)
            .MaxBy(other => other.Column);
        return field.Column == 0 || inLine == field;
    }
}

/// <summary>Reads fields of a JSON text.</summary>
sealed class JsonFields(string json)
{
    public FormField Field(string path, string label, FieldShape shape, string hint, params string[] choices)
    {
        var place = JsonEdit.Find(json, path);
        return new(path, label, ValueOf(path, place), shape, hint, place?.Line ?? 0, place?.Line ?? 0, place?.Column ?? 0) { Choices = choices };
    }

    /// <summary>A field that its file must have.</summary>
    public FormField Must(string path, string label, FieldShape shape, string hint, params string[] choices) =>
        Field(path, label, shape, hint, choices) with { IsOptional = false };

    public FormField Text(string path, string label, string hint) => Field(path, label, FieldShape.Text, hint);

    public FormField Number(string path, string label, string hint) => Field(path, label, FieldShape.Number, hint);

    /// <summary>A row for each item of a list.</summary>
    public IReadOnlyList<FormRow> Items(string path, string what, Func<string, IReadOnlyList<FormField>> fields) =>
        [
            .. Enumerable.Range(0, JsonEdit.Find(json, path)?.Count ?? 0)
                .Select(i => new FormRow($"{path}/{i}", $"{what} {i + 1}", fields($"{path}/{i}"))),
        ];

    /// <summary>A row for each member of an object.</summary>
    public IReadOnlyList<FormRow> Members(string path, Func<string, IReadOnlyList<FormField>> fields) =>
        [
            .. (JsonEdit.Find(json, path)?.Names ?? [])
                .Select(name => (Name: name, Path: $"{path}/{JsonEdit.Part(name)}"))
                .Select(member => new FormRow(member.Path, member.Name, fields(member.Path))),
        ];

    private string ValueOf(string path, JsonPlace? place) => place?.Kind switch
    {
        null => "",
        JsonTokenType.StartArray => string.Join(", ", Enumerable.Range(0, place.Count).Select(i => JsonEdit.Find(json, $"{path}/{i}")!.Text)),
        _ => place.Text,
    };
}
