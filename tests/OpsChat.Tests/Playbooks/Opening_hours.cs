using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

public class Opening_hours
{
    private static readonly TimeZoneInfo KualaLumpur = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly DayOfWeek[] Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private static OpeningHours Office(TimeZoneInfo zone, params DateOnly[] daysOff) =>
        new(zone, Weekdays.Select(day => (day, new OpenStretch(9 * 60, 18 * 60))), daysOff);

    /// <summary>In Kuala Lumpur, eight hours ahead of UTC all year. 2026-11-20 is a Friday.</summary>
    private static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(20, 9, true)]
    [InlineData(20, 17, true)]
    [InlineData(20, 18, false)]
    [InlineData(20, 8, false)]
    [InlineData(21, 12, false)]
    public void are_open_from_the_first_minute_to_before_the_last(int day, int hour, bool open) =>
        Office(KualaLumpur).IsOpen(At(day, hour)).Should().Be(open);

    [Fact]
    public void know_the_next_opening_over_a_weekend_and_a_day_off()
    {
        Office(KualaLumpur).AddOpenTime(At(20, 19), TimeSpan.Zero).Should().Be(At(23, 9));
        Office(KualaLumpur, new DateOnly(2026, 11, 23)).AddOpenTime(At(20, 19), TimeSpan.Zero).Should().Be(At(24, 9));
        Office(KualaLumpur).AddOpenTime(At(20, 10), TimeSpan.Zero).Should().Be(At(20, 10));
    }

    [Fact]
    public void run_the_clock_only_while_open()
    {
        Office(KualaLumpur).AddOpenTime(At(20, 17), TimeSpan.FromHours(2)).Should().Be(At(23, 10));
        Office(KualaLumpur).AddOpenTime(At(21, 3), TimeSpan.FromHours(12)).Should().Be(At(24, 12));
        Office(KualaLumpur).AddOpenTime(At(20, 17), TimeSpan.FromHours(1)).Should().Be(At(20, 18), "a deadline at closing time is today's");
        Office(KualaLumpur).AddOpenTime(At(21, 3), TimeSpan.Zero).Should().Be(At(23, 9));
    }

    [Theory]
    [InlineData(20, 10, 0, "14:00 today")]
    [InlineData(20, 10, 7, "14:30 today")]
    [InlineData(20, 17, 0, "12:00 on Monday")]
    [InlineData(19, 17, 0, "12:00 tomorrow")]
    [InlineData(20, 13, 50, "18:00 today")]
    public void say_when_a_person_will_have_answered(int day, int hour, int minute, string words) =>
        Office(KualaLumpur).AnswerBy(At(day, hour, minute), TimeSpan.FromHours(4)).Should().Be(words);

    [Fact]
    public void say_it_in_the_customers_language() =>
        Office(KualaLumpur).AnswerBy(At(20, 17), TimeSpan.FromHours(4), "ms").Should().Be("Isnin 12:00");

    [Fact]
    public void last_as_long_as_the_clock_says_on_the_nights_it_changes()
    {
        var always = OpeningHours.Always(Berlin);
        var springNight = new DateTimeOffset(2026, 3, 29, 0, 0, 0, TimeSpan.FromHours(1));
        var autumnNight = new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.FromHours(2));

        always.AddOpenTime(springNight, TimeSpan.FromHours(23)).Should().Be(new DateTimeOffset(2026, 3, 30, 0, 0, 0, TimeSpan.FromHours(2)));
        always.AddOpenTime(autumnNight, TimeSpan.FromHours(25)).Should().Be(new DateTimeOffset(2026, 10, 26, 0, 0, 0, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void that_begin_in_the_skipped_or_end_in_the_repeated_hour_stay_in_order()
    {
        var night = new OpeningHours(
            Berlin,
            [(DayOfWeek.Sunday, new OpenStretch(2 * 60 + 30, 5 * 60)), (DayOfWeek.Sunday, new OpenStretch(0, 2 * 60 + 15))],
            []
        );

        night
            .AddOpenTime(new(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), TimeSpan.Zero)
            .Should()
            .Be(new DateTimeOffset(2026, 3, 29, 3, 30, 0, TimeSpan.FromHours(2)));
        night.IsOpen(new(2026, 10, 25, 1, 10, 0, TimeSpan.Zero)).Should().BeTrue("02:10 comes a second time, at 01:10 UTC");
    }

    [Fact]
    public void are_written_in_words() =>
        new OpeningHours(
            KualaLumpur,
            [
                .. Weekdays.Select(day => (day, new OpenStretch(540, 1080))),
                (DayOfWeek.Saturday, new OpenStretch(600, 840)),
                (DayOfWeek.Saturday, new OpenStretch(900, 1020)),
            ],
            []
        )
            .InWords()
            .Should()
            .Be("Mon-Fri 09:00-18:00, Sat 10:00-14:00 and 15:00-17:00");

    [Fact]
    public void around_the_clock_say_so() => OpeningHours.Always(KualaLumpur).InWords().Should().Be("every day, around the clock");

    [Fact]
    public void that_never_open_are_refused() =>
        FluentActions.Invoking(() => new OpeningHours(KualaLumpur, [], [])).Should().Throw<ArgumentException>();
}
