using System.Text;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Operations.Settings;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Text;

public class A_form_of_a_file
{
    public static TheoryData<OwnedKind, string> Files { get; } = new()
    {
        { OwnedKind.Operations, "operations.config.json" },
        { OwnedKind.Canary, "canary.config.json" },
        { OwnedKind.Shop, "playbooks/_shop.md" },
        { OwnedKind.Prompt, "prompts/draft.scriban" },
        { OwnedKind.Prompt, "prompts/phrases.md" },
        { OwnedKind.Prompt, "prompts/style.scriban" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void changes_nothing_that_is_not_filled_in(OwnedKind kind, string file)
    {
        var text = Text(file);
        var fields = FieldsOf(kind, text);

        fields.Should().NotBeEmpty();
        fields.Select(field => field.Path).Should().OnlyHaveUniqueItems();
        OwnedForms.Apply(kind, text, fields.Where(field => field.Line > 0).Select(field => new FieldEdit(field.Path, field.Value))).Should().Be(text);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void reads_back_what_was_filled_in(OwnedKind kind, string file)
    {
        var text = Text(file);
        foreach (var field in FieldsOf(kind, text).Where(field => field.Shape is FieldShape.Text or FieldShape.Long))
        {
            const string Said = "So: \"it\" is # now";
            var changed = OwnedForms.Apply(kind, text, [new(field.Path, Said)]);

            FieldsOf(kind, changed).Single(other => other.Path == field.Path).Value.Should().Be(Said, $"{field.Path} of {file}");
            changed.Split('\n').Except(text.Split('\n')).Should().HaveCountLessThanOrEqualTo(2, $"only {field.Path} of {file} changes");
        }
    }

    [Fact]
    public void has_every_setting_that_the_file_may_have()
    {
        var fields = FieldsOf(OwnedKind.Operations, Text("operations.config.json")).Where(field => field.Shape == FieldShape.Number).ToList();
        foreach (var field in fields)
        {
            var wrong = OwnedForms.Apply(OwnedKind.Operations, Text("operations.config.json"), [new(field.Path, "much")]);
            OperationsConfigText.Read("f", Encoding.UTF8.GetBytes(wrong)).Findings.Should()
                .ContainSingle(finding => finding.Problem.Contains("\"much\""), $"{field.Path} is a setting, and asks for a number");
        }

        var canary = OwnedForms.Apply(OwnedKind.Canary, Text("canary.config.json"), [new("/percentage", "25"), new("/stages", "25, 50")]);
        var read = CanaryConfigText.Read("f", Encoding.UTF8.GetBytes(canary)).Config!;
        (read.Percentage, read.Stages.Length).Should().Be((25m, 2));
    }

    [Fact]
    public void says_beside_a_condition_what_is_wrong_with_it()
    {
        var text = OwnedForms.Apply(OwnedKind.Operations, Text("operations.config.json"), [new("/handOffs/1/trigger", "order.total >")]);
        var findings = OperationsConfigText.Read("operations.config.json", Encoding.UTF8.GetBytes(text)).Findings;

        var form = OwnedForms.Read(OwnedKind.Operations, text, findings);

        Rows(form, "/handOffs").SelectMany(row => row.Fields).Where(field => field.Findings.Count > 0).Select(field => field.Path).Should()
            .Equal("/handOffs/1/trigger");
    }

    [Fact]
    public void gains_and_loses_rows()
    {
        var text = Text("operations.config.json");
        var rows = Rows(OwnedForms.Read(OwnedKind.Operations, text, []), "/handOffs").Count;

        var added = OwnedForms.Add(OwnedKind.Operations, text, "/handOffs", "");
        var named = OwnedForms.Add(OwnedKind.Operations, added, "/lanes", "ads/pause-ad");
        var removed = OwnedForms.Remove(named, $"/handOffs/{rows}");

        Rows(OwnedForms.Read(OwnedKind.Operations, added, []), "/handOffs").Should().HaveCount(rows + 1);
        Rows(OwnedForms.Read(OwnedKind.Operations, named, []), "/lanes").Should().Contain(row => row.Title == "ads/pause-ad");
        OwnedForms.Add(OwnedKind.Operations, named, "/lanes", "ads/pause-ad").Should().Be(named, "there is one of that name");
        OwnedForms.Add(OwnedKind.Operations, text, "/time", "x").Should().Be(text, "there is no such table");
        OperationsConfigText.Read("f", Encoding.UTF8.GetBytes(removed)).Findings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{ \"time\": ")]
    public void of_a_text_that_is_none_says_so_and_changes_nothing(string text)
    {
        OwnedForms.Read(OwnedKind.Operations, text, []).Trouble.Should().NotBeNull();
        OwnedForms.Apply(OwnedKind.Operations, text, [new("/time", "08:00")]).Should().Be(text);
        OwnedForms.Add(OwnedKind.Operations, text, "/handOffs", "").Should().Be(text);
        OwnedForms.Remove(text, "/handOffs/0").Should().Be(text);
    }

    private static IReadOnlyList<FormRow> Rows(OwnedForm form, string to) => form.Groups.Single(group => group.AddTo == to).Rows!;

    private static List<FormField> FieldsOf(OwnedKind kind, string text) =>
        [.. OwnedForms.Read(kind, text, []).Groups.SelectMany(group => group.Fields.Concat((group.Rows ?? []).SelectMany(row => row.Fields)))];

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file)).ReplaceLineEndings("\n");
}
