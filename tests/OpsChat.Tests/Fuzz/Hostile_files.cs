using System.Text;
using FsCheck.Fluent;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;
using static OpsChat.Tests.Support.Fuzzing;

namespace OpsChat.Tests.Fuzz;

/// <summary>Whatever stands in the owner's files gives a playbook or findings that say where and what; never a crash.</summary>
public class Hostile_files
{
    private static readonly IReadOnlyList<string> s_files =
    [
        .. Directory.GetFiles(Repository.Playbooks, "*.md").Order(StringComparer.Ordinal),
    ];
    private static readonly IReadOnlyList<string> s_lines = [.. s_files.SelectMany(File.ReadAllLines)];

    [Fact]
    public void of_any_bytes_are_no_playbook_and_say_why() => Try(Bytes, content => Read(content));

    [Fact]
    public void with_a_few_bytes_changed_are_a_playbook_or_findings() =>
        Try(Gen.Elements<string>([.. s_files]).SelectMany(file => Mutations(File.ReadAllBytes(file))), content => Read(content));

    [Fact]
    public void of_shuffled_lines_are_a_playbook_or_findings() => Try(Shuffled(s_lines), text => Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void as_the_shops_profile_are_a_profile_or_findings() =>
        Try(
            Gen.OneOf(
                Bytes,
                Mutations(File.ReadAllBytes(Path.Combine(Repository.Playbooks, "_shop.md"))),
                Shuffled(s_lines).Select(Encoding.UTF8.GetBytes)
            ),
            content =>
            {
                var parsed = ShopProfileParser.Parse(content);
                (parsed.Profile is not null || parsed.Findings.Any(f => f.IsError)).Should().BeTrue();
            }
        );

    [Fact]
    public void with_conditions_of_any_characters_give_a_condition_or_a_slip() =>
        Try(
            Gen.OneOf(
                Texts("`()<>=! andornot.0123_\"'days"),
                Gen.ListOf(
                        Gen.Elements(
                            "order.late",
                            "and",
                            "or",
                            "not",
                            "(",
                            ")",
                            "=",
                            "!=",
                            "<",
                            ">=",
                            "3 days",
                            "2.5",
                            "shipped",
                            "message.words",
                            "\"on hold\""
                        )
                    )
                    .Select(w => string.Join(' ', w))
            ),
            source =>
            {
                var (expression, slip) = FactExpressionParser.Parse(source);
                (expression is null).Should().Be(slip is not null, "it is either read or explained");
            }
        );

    [Fact]
    public void printed_and_read_again_have_the_same_conditions() =>
        Try(
            Gen.Elements<string>([.. s_files]).SelectMany(file => Mutations(File.ReadAllBytes(file))),
            content =>
            {
                foreach (var rule in Read(content)?.Rules ?? [])
                {
                    var again = Read(
                        Encoding.UTF8.GetBytes(
                            $"# X\n\n## Issue Type\n- a b c\n\n## Standard Reply\nHello.\n\n## Exception Handling\n- When "
                                + $"{rule.Condition.Shown}, hand off: again.\n"
                        )
                    );
                    again?.Rules.Should().ContainSingle().Which.Condition.Shown.Should().Be(rule.Condition.Shown);
                }
            }
        );

    private static Playbook? Read(byte[] content)
    {
        var parsed = PlaybookParser.Parse("some-issue.md", content, FactVocabulary.Standard);
        (parsed.Playbook is null).Should().Be(parsed.Findings.Any(f => f.IsError), "a file is in force or says why it is not");
        parsed.Findings.All(f => f.Line >= 1 && f.Column >= 1 && f.Problem.Length > 0).Should().BeTrue();
        return parsed.Playbook;
    }
}
