using FsCheck;
using FsCheck.Fluent;
using OpsChat.Channels.Telegram;
using OpsChat.Testing.Telegram;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Telegram;

public class The_pace
{
    private const long Group = -100;

    private static readonly TelegramRateLimits Plain = new()
    {
        PerChat = new(1, TimeSpan.FromSeconds(1)),
        PerGroup = new(20, TimeSpan.FromMinutes(1)),
        Overall = new(30, TimeSpan.FromSeconds(1)),
    };

    [Fact]
    public async Task is_one_message_a_second_in_a_chat_and_in_order()
    {
        var clock = new TestClock();
        using var pace = new TelegramRateLimiter(Plain, clock);
        var turns = Enumerable.Range(0, 3).Select(_ => pace.WaitFor(new(1, NewMessage: true), default)).ToList();

        await turns[0];
        turns[1].IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await turns[1];
        turns[2].IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await turns[2];
        pace.IsBusy.Should().BeFalse();
    }

    [Fact]
    public async Task is_twenty_messages_a_minute_in_a_group_while_edits_go_on()
    {
        var clock = new TestClock();
        using var pace = new TelegramRateLimiter(Plain, clock);
        var cards = Enumerable.Range(0, 21).Select(_ => pace.WaitFor(new(Group, NewMessage: true), default)).ToList();
        clock.Advance(TimeSpan.FromSeconds(30));

        await Task.WhenAll(cards[..20]);
        var edit = pace.WaitFor(new(Group, NewMessage: false), default);
        await edit;
        cards[20].IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(30));
        await cards[20];
    }

    [Fact]
    public async Task holds_off_one_chat_without_holding_up_the_others()
    {
        var clock = new TestClock();
        using var pace = new TelegramRateLimiter(Plain, clock);
        pace.HoldOff(1, TimeSpan.FromSeconds(10));
        var held = pace.WaitFor(new(1, NewMessage: true), default);

        await pace.WaitFor(new(2, NewMessage: true), default);
        clock.Advance(TimeSpan.FromSeconds(9));
        held.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await held;
    }

    [Fact]
    public async Task is_shared_by_the_hosts_that_are_at_work()
    {
        var clock = new TestClock();
        var hosts = 1;
        using var pace = new TelegramRateLimiter(Plain, clock, () => hosts);
        await Task.WhenAll(Enumerable.Range(1, 30).Select(chat => pace.WaitFor(new(chat, NewMessage: true), default)));

        hosts = 3;
        clock.Advance(TimeSpan.FromSeconds(1));
        var turns = Enumerable.Range(1, 11).Select(chat => pace.WaitFor(new(chat, NewMessage: true), default)).ToList();

        await Task.WhenAll(turns[..10]);
        turns[10].IsCompleted.Should().BeFalse("twenty of the thirty are the others'");
        clock.Advance(TimeSpan.FromSeconds(1));
        await turns[10];
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-400 * 24)]
    [InlineData(400 * 24)]
    public async Task is_the_same_when_the_clock_is_set(int hours)
    {
        var clock = new TestClock();
        using var pace = new TelegramRateLimiter(Plain, clock);
        await pace.WaitFor(new(Group, NewMessage: true), default);

        clock.Set(TimeSpan.FromHours(hours));
        var next = pace.WaitFor(new(Group, NewMessage: true), default);
        next.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        await next.WaitAsync(TelegramShop.Patience);
        pace.IsBusy.Should().BeFalse();
    }

    [Fact]
    public async Task holds_off_for_longer_than_a_timer_can_be_set()
    {
        var clock = new TestClock();
        using var pace = new TelegramRateLimiter(Plain, clock);
        pace.HoldOff(1, TimeSpan.FromDays(68));
        var held = pace.WaitFor(new(1, NewMessage: true), default);

        await clock.WaitForTimer(due => due < TimeSpan.FromDays(49)).WaitAsync(TelegramShop.Patience);
        clock.Advance(TimeSpan.FromDays(67));
        held.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromDays(1));

        await held.WaitAsync(TelegramShop.Patience);
    }

    [Fact]
    public async Task gives_the_place_of_one_who_left_to_the_next()
    {
        var clock = new TestClock();
        using var pace = new TelegramRateLimiter(Plain, clock);
        using var leaving = new CancellationTokenSource();
        await pace.WaitFor(new(1, NewMessage: true), default);
        var left = pace.WaitFor(new(1, NewMessage: true), leaving.Token);
        var next = pace.WaitFor(new(1, NewMessage: true), default);

        await leaving.CancelAsync();
        clock.Advance(TimeSpan.FromSeconds(1));

        await next;
        await left.Awaiting(t => t).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void never_lets_more_than_the_limit_out_in_any_stretch_of_time()
    {
        var gaps = Gen.Choose(0, 1500).ArrayOf().Where(g => g.Length > 0);
        Prop.ForAll(gaps.ToArbitrary(), milliseconds =>
        {
            var window = new SlidingWindow(3, TimeSpan.FromSeconds(1));
            var (now, taken, let) = (TimeSpan.Zero, new Queue<TimeSpan>(), new List<TimeSpan>());
            foreach (var gap in milliseconds)
            {
                now += TimeSpan.FromMilliseconds(gap);
                if (window.FreeAt(taken) <= now)
                {
                    window.Take(taken, now);
                    let.Add(now);
                }
            }

            return let.All(start => let.Count(t => t >= start && t < start + window.Period) <= window.Count);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }

    [Fact]
    public void stays_within_what_the_server_admits_although_the_network_jitters()
    {
        var jitter = Gen.Choose(0, 45).ListOf(300);
        Prop.ForAll(jitter.ToArbitrary(), milliseconds =>
        {
            var limits = new TelegramRateLimits();
            var server = new FloodControl(Rates.Documented);
            var (now, minute, second) = (TimeSpan.Zero, new Queue<TimeSpan>(), new Queue<TimeSpan>());
            foreach (var late in milliseconds)
            {
                var free = new[] { limits.PerGroup.FreeAt(minute), limits.PerChat.FreeAt(second), now }.Max();
                now = free;
                limits.PerGroup.Take(minute, now);
                limits.PerChat.Take(second, now);
                server.Admit(Group, isNewMessage: true, DateTimeOffset.UnixEpoch + now + TimeSpan.FromMilliseconds(late));
            }
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }
}
