using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

/// <summary>Each host start is a new watcher on the same store; what is recorded does not depend on who saw the edit.</summary>
public class A_playbook_record
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task has_every_playbook_of_the_first_start_in_the_audit_log_and_tells_the_owner_of_none()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await KeepAsync(shop, Set("We open at nine."));

        (await RecordedAsync(shop)).Should().ContainSingle().Which.Should().Contain("\"added\":[\"opening-hours\"]");
        (await ToldAsync(shop)).Should().BeEmpty();
    }

    [Fact]
    public async Task has_an_edit_that_nobody_saw_once()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        await KeepAsync(shop, Set("We open at nine."));

        await KeepAsync(shop, Set("We open at ten."));
        await KeepAsync(shop, Set("We open at ten."));

        (await RecordedAsync(shop)).Should().HaveCount(2).And.Subject.Last().Should().Contain("\"changed\":[\"opening-hours\"]");
        (await ToldAsync(shop)).Should().Equal("opening-hours is in force in its new version.");
    }

    [Fact]
    public async Task tells_of_a_broken_file_once_also_at_the_first_start()
    {
        await using var shop = await ShopUnderTest.OpenAsync();

        await KeepAsync(shop, Set(""));
        await KeepAsync(shop, Set(""));

        (await RecordedAsync(shop)).Should().ContainSingle().Which.Should().Contain("\"broken\":[\"opening-hours\"]");
        (await ToldAsync(shop)).Should().Contain("opening-hours is not in force until that is mended.").And.OnlyHaveUniqueItems();
    }

    private static PlaybookSet Set(string reply) =>
        PlaybookSet.Build(
            [new("opening-hours.md", reply.Length == 0 ? default : System.Text.Encoding.UTF8.GetBytes(A.PlaybookText(reply)))],
            new Dictionary<string, PlaybookFile>()
        );

    private static Task KeepAsync(ShopUnderTest shop, PlaybookSet set) =>
        shop.Store.WriteAsync(session => PlaybookRecord.Keep(session, set, s_now), CancellationToken.None);

    private static Task<List<string>> RecordedAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(session => session.Audit.All().Where(e => e.Kind == "playbook").Select(e => e.Data).ToList(), CancellationToken.None);

    private static Task<List<string>> ToldAsync(ShopUnderTest shop) =>
        shop.Store.ReadAsync(session => session.Notices.Unseen().Select(n => n.Text).ToList(), CancellationToken.None);
}
