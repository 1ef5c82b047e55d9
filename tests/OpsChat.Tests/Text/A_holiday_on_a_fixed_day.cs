namespace OpsChat.Tests.Text;

public class A_holiday_on_a_fixed_day
{
    [Theory]
    [InlineData("open on christmas eve?", 12, 24, "Christmas Eve")]
    [InlineData("are you open on xmas", 12, 25, "Christmas")]
    [InlineData("open on boxing day?", 12, 26, "Boxing Day")]
    [InlineData("open on new year's eve?", 12, 31, "New Year's Eve")]
    [InlineData("open on new years day?", 1, 1, "New Year's Day")]
    [InlineData("hari pekerja buka tak", 5, 1, "Labour Day")]
    [InlineData("buka hari kebangsaan?", 8, 31, "Merdeka")]
    [InlineData("open on malaysia day", 9, 16, "Malaysia Day")]
    public void is_the_same_by_its_name_and_by_its_day(string text, int month, int day, string name)
    {
        Holidays.Read(text)!.Value.On.Should().Be((month, day));
        Holidays.On(new(2026, month, day)).Should().Be(name);
    }

    [Theory]
    [InlineData("open on chinese new year's day?")]
    [InlineData("new year sale?")]
    [InlineData("hari raya kedai buka tak")]
    [InlineData("tahun baru cina")]
    public void is_not_guessed_for_those_that_move_or_may_be_another(string text)
    {
        Holidays.Read(text)!.Value.On.Should().BeNull();
    }

    [Fact]
    public void is_none_on_any_other_day() => Holidays.On(new(2026, 12, 27)).Should().BeNull();
}
