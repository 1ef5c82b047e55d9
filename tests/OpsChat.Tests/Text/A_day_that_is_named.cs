namespace OpsChat.Tests.Text;

public class A_day_that_is_named
{
    /// <summary>A Saturday.</summary>
    private static readonly DateOnly s_today = new(2026, 11, 28);

    [Theory]
    [InlineData("need it by friday", 12, 4)]
    [InlineData("before 3 dec please", 12, 3)]
    [InlineData("for Dec 3rd", 12, 3)]
    [InlineData("sebelum jumaat boleh?", 12, 4)]
    [InlineData("esok sampai tak", 11, 29)]
    [InlineData("12月3日之前能到吗", 12, 3)]
    [InlineData("by 2/12?", 12, 2)]
    [InlineData("today or tomorrow", 11, 29)]
    [InlineData("can i get it by friday if i order today to KL", 12, 4)]
    [InlineData("can i get my order by tuesday if i pay for it today", 12, 1)]
    [InlineData("if i order today will it come on friday", 12, 4)]
    [InlineData("boleh sampai sebelum jumaat kalau saya bayar esok?", 12, 4)]
    [InlineData("today i order, must have before 3 dec", 12, 3)]
    [InlineData("३/१२ तक चाहिए", 12, 3)]
    [InlineData("ขอก่อน ๓/๑๒", 12, 3)]
    [InlineData("by ３/１２ please", 12, 3)]
    public void is_the_next_one_of_its_name(string words, int month, int day) =>
        DayReader.Read(words, s_today).Should().Be(new DateOnly(2026, month, day));

    [Theory]
    [InlineData("i ordered on 3 nov")]
    [InlineData("may i have 3 of them")]
    [InlineData("i want 2 sets")]
    [InlineData("when do i get it if i order today")]
    [InlineData("kalau order hari ini bila sampai")]
    [InlineData("31 feb")]
    [InlineData("size 40/41")]
    public void is_none_where_it_is_past_or_no_day_at_all(string words) => DayReader.Read(words, s_today).Should().BeNull();
}
