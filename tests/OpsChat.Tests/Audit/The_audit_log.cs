using OpsChat.Agent;
using OpsChat.Audit;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Audit;

public class The_audit_log
{
    private static readonly AuditEntry[] s_log = Log(8);

    [Fact]
    public void is_whole_when_nobody_touched_it()
    {
        AuditChain.Verify(s_log).Should().Be(new AuditVerdict.Whole(8, s_log[^1].Hash));
        AuditChain.Verify([]).Should().Be(new AuditVerdict.Whole(0, AuditEntry.Genesis));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public void shows_the_first_altered_row(int at)
    {
        BrokenAt(s_log.Select((e, i) => i == at ? e with { Who = "somebody else" } : e)).Should().Be(at + 1);
        BrokenAt(s_log.Select((e, i) => i == at ? (e with { Data = "{}" }).Sealed() : e).Append(Next(s_log[^1])))
            .Should()
            .Be(at == 7 ? 9 : at + 2, "a row that is sealed anew does not fit its successor");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void shows_the_first_missing_row(int at) => BrokenAt(s_log.Where((_, i) => i != at)).Should().Be(at + 1);

    [Fact]
    public void shows_rows_that_changed_places() =>
        BrokenAt(s_log.Select((e, i) => i switch { 2 => s_log[3], 3 => s_log[2], _ => e })).Should().Be(3);

    [Fact]
    public void shows_that_its_end_was_cut_off_behind_what_the_owner_was_told()
    {
        var announced = new AnnouncedHead(6, s_log[5].Hash);

        AuditChain.Verify(s_log, announced).Should().BeOfType<AuditVerdict.Whole>();
        AuditChain.Verify(s_log.Take(5), announced).Should().BeOfType<AuditVerdict.Broken>().Which.Why.Should().Contain("cut off");
    }

    [Fact]
    public void shows_that_it_was_written_anew()
    {
        AuditChain.Verify(Log(8, "another"), new AnnouncedHead(6, s_log[5].Hash)).Should().BeOfType<AuditVerdict.Broken>().Which.Seq.Should().Be(6);
    }

    [Fact]
    public void can_be_verified_from_its_export_alone()
    {
        var lines = s_log.Select(AuditExport.Line).ToList();

        AuditExport.Verify(lines).Should().BeOfType<AuditVerdict.Whole>();
        AuditExport
            .Verify(lines.Select((l, i) => i == 2 ? l.Replace("decision", "approval") : l))
            .Should()
            .BeOfType<AuditVerdict.Broken>()
            .Which.Seq.Should()
            .Be(3);
        AuditExport.Verify(lines.Take(3).Append("{ torn")).Should().BeOfType<AuditVerdict.Broken>().Which.Seq.Should().Be(4);
    }

    [Fact]
    public async Task tells_the_owner_its_head_once_a_day_while_it_grows()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var watch = shop.Get<AuditWatch>();
        await shop.SayAsync("farah", "Do you ship to Penang?");
        await watch.LookAsync(CancellationToken.None);
        (await AuditNoticesAsync(shop)).Should().BeEmpty("a new shop's first day has begun");

        shop.Clock.Advance(TimeSpan.FromHours(25));
        await watch.LookAsync(CancellationToken.None);
        await shop.SayAsync("farah", "And to Ipoh?");
        await watch.LookAsync(CancellationToken.None);

        var told = (await AuditNoticesAsync(shop)).Should().ContainSingle("a day has one announcement").Subject;
        told.Should().Contain("whole").And.MatchRegex(@"\naudit verify --head \d+:[0-9a-f]{64}$", "it is pasted as it stands");
        AnnouncedHead.Parse(told[(told.LastIndexOf(' ') + 1)..])!.ToString().Should().Be(await AnnouncedAsync(shop));
        shop.Clock.Advance(TimeSpan.FromHours(25));
        await watch.LookAsync(CancellationToken.None);
        (await AuditNoticesAsync(shop)).Should().HaveCount(2);
        shop.Clock.Advance(TimeSpan.FromHours(25));
        await watch.LookAsync(CancellationToken.None);
        (await AuditNoticesAsync(shop)).Should().HaveCount(2, "nothing was written since");
    }

    [Fact]
    public async Task tells_the_owner_when_it_is_shorter_than_announced()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await shop.SayAsync("farah", "Do you ship to Penang?");
        await shop.Store.WriteAsync(
            session =>
            {
                session.Settings.Set(SettingNames.AuditAnnounced, new AnnouncedHead(1000, new string('a', 64)).ToString());
            },
            CancellationToken.None
        );

        await shop.Get<AuditWatch>().LookAsync(CancellationToken.None);

        (await AuditNoticesAsync(shop)).Should().ContainSingle().Which.Should().Contain("cut off");
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7:abc")]
    [InlineData("-7:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("7:zaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void has_no_head_like(string text) => AnnouncedHead.Parse(text).Should().BeNull();

    [Fact]
    public void is_verified_against_every_head_that_is_known()
    {
        AnnouncedHead Of(int row) => new(row, s_log[row - 1].Hash);

        AuditChain.Verify(s_log, Of(3), null, Of(6)).Should().BeOfType<AuditVerdict.Whole>();
        AuditChain.Verify(s_log, Of(3) with { Hash = s_log[4].Hash }, Of(6)).Should().BeOfType<AuditVerdict.Broken>().Which.Seq.Should().Be(3);
        AuditChain.Verify(s_log.Take(5), Of(3), Of(6)).Should().BeOfType<AuditVerdict.Broken>().Which.Seq.Should().Be(6);
        AuditChain
            .Verify(s_log, AnnouncedHead.Parse($" {Of(6)}\n".ToUpperInvariant()))
            .Should()
            .BeOfType<AuditVerdict.Whole>("pasting leaves blanks");
    }

    private static Task<string?> AnnouncedAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(session => session.Settings.Get(SettingNames.AuditAnnounced), CancellationToken.None);

    private static async Task<List<string>> AuditNoticesAsync(ShopUnderTest shop) =>
        [
            .. (await shop.Store.ReadAsync(session => session.Notices.Unseen(), CancellationToken.None))
                .Where(n => n.Kind == "audit")
                .Select(n => n.Text),
        ];

    private static long BrokenAt(IEnumerable<AuditEntry> log) => AuditChain.Verify(log).Should().BeOfType<AuditVerdict.Broken>().Which.Seq;

    private static AuditEntry[] Log(int count, string who = "opschat")
    {
        var log = new List<AuditEntry>();
        for (var i = 0; i < count; i++)
        {
            log.Add(Next(log.LastOrDefault(), who));
        }

        return [.. log];
    }

    private static AuditEntry Next(AuditEntry? last, string who = "opschat") =>
        new AuditEntry(
            (last?.Seq ?? 0) + 1,
            ShopUnderTest.Morning,
            "decision",
            who,
            "t1",
            "{\"verdict\":\"Send\"}",
            null,
            last?.Hash ?? AuditEntry.Genesis,
            ""
        ).Sealed();
}
