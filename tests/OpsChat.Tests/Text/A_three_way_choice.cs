
namespace OpsChat.Tests.Text;

public class A_three_way_choice
{
    [Theory]
    [InlineData("old", "old", "mine", EditStanding.Mine)]
    [InlineData("old", "theirs", "old", EditStanding.Theirs)]
    [InlineData("old", "theirs", "mine", EditStanding.Both)]
    [InlineData("old", "mine", "mine", EditStanding.Same)]
    [InlineData("old", "old", "old", EditStanding.Same)]
    [InlineData(null, null, "mine", EditStanding.Mine)]
    [InlineData("old", null, "mine", EditStanding.Both)]
    [InlineData(null, "theirs", "mine", EditStanding.Both)]
    public void knows_who_changed_the_text(string? begun, string? present, string mine, EditStanding standing) =>
        EditChoice.Of(begun, present, mine).Should().Be(standing);
}
