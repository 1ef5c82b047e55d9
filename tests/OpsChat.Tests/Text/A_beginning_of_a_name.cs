namespace OpsChat.Tests.Text;

public class A_beginning_of_a_name
{
    private static readonly string[] s_suppliers = ["Kain Pantai", "Kayu Lestari", "Rimba", "Rimba Tekstil"];

    [Theory]
    [InlineData("kain", "Kain Pantai")]
    [InlineData("Rimba T", "Rimba Tekstil")]
    [InlineData("tekstil", "Rimba Tekstil")]
    [InlineData("rimba", "Rimba")]
    public void means_the_one_name_that_it_can_mean(string typed, string name) => NameBeginnings.Of(typed, s_suppliers).Should().Equal(name);

    [Fact]
    public void that_several_share_means_all_of_them() => NameBeginnings.Of("Ka", s_suppliers).Should().Equal("Kain Pantai", "Kayu Lestari");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("antai")]
    public void that_is_none_means_nothing(string typed) => NameBeginnings.Of(typed, s_suppliers).Should().BeEmpty();
}
