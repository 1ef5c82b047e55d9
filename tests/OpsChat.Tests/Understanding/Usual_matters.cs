using OpsChat.Agent;
using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class Usual_matters
{
    [Fact]
    public void are_covered_by_the_shipped_playbooks() =>
        OutOfScopeWeight([.. PlaybookFolder.Load(Repository.Playbooks).Playbooks.Select(p => new IssueExamples(p.Issue, p.Description, p.Examples))])
            .Should().BeLessThan(0.15);

    [Fact]
    public void are_mostly_missing_in_five_playbooks_which_so_are_more_careful() => OutOfScopeWeight(SmallShop.Issues).Should().BeGreaterThan(0.6);

    [Fact]
    public void that_a_playbook_is_for_are_no_background()
    {
        BackgroundChat.Texts.Should().Contain("do you sell gift cards");

        BackgroundChat.Besides(["do you sell gift cards", "how do i use a gift card"]).Should().NotContain("do you sell gift cards")
            .And.Contain("will it rain tomorrow");
    }

    private static double OutOfScopeWeight(IReadOnlyList<IssueExamples> playbooks) => UsualMatters.OutOfScopeWeight(new IssueModel(
        [.. playbooks.SelectMany((playbook, issue) =>
            playbook.Phrases.Select(phrase => new LabelledText(new(TextFeatures.Of(phrase), null), issue, IsKnownToEncoder: false)))],
        playbooks.Count,
        [.. BackgroundChat.Texts.Select(text => new EncodedText(TextFeatures.Of(text), null))],
        seed: 1));
}
