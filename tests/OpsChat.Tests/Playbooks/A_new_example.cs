using OpsChat.Agent;
using OpsChat.Tests.Learning;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public class A_new_example
{
    private static readonly string s_text =
        SmallMugShop.Playbook("We are open on all public holidays.", "do you work on hari raya", "are you open on sunday",
            "closing time today please");

    [Fact]
    public async Task that_another_playbook_answers_is_named_with_that_playbook_before_it_is_saved()
    {
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: SmallMugShop.Files);

        var finding = Taken(shop, "holidays", s_text).Should().ContainSingle().Subject;

        finding.IsError.Should().BeFalse();
        s_text.Split('\n')[finding.Line - 1].Should().Be("- are you open on sunday");
        finding.Problem.Should().Contain("“are you open on sunday”, “closing time today please”").And.Contain("(opening-hours) answers this")
            .And.NotContain("hari raya");
    }

    [Fact]
    public async Task of_the_playbook_that_answers_it_is_none_and_neither_is_an_old_one()
    {
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: SmallMugShop.Files);

        Taken(shop, "opening-hours", s_text).Should().BeEmpty();
        Taken(shop, "damaged-mug", SmallMugShop.Files["damaged-mug"]).Should().BeEmpty();
    }

    private static IReadOnlyList<Finding> Taken(ShopUnderTest shop, string name, string text) =>
        shop.Get<DraftDesk>().TakenExamples(new($"{name}.md", $"{name}.md", OwnedKind.Playbook), text);
}
