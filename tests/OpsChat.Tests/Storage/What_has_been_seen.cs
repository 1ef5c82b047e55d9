using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Storage;

public class What_has_been_seen
{
    private static readonly DateTimeOffset s_then = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The same id in each, so that only the kind tells them apart; a kind whose name begins like another one's is not taken with
    /// it.</summary>
    [Fact]
    public async Task is_forgotten_by_kind_for_a_question_that_was_asked_stays_asked()
    {
        using var folder = new TemporaryFolder();
        await using var store = await SqliteStore.OpenAsync(folder.File("opschat.db"), default);
        var kinds = Enum.GetValues<SeenKind>();
        (await store.WriteAsync(session => kinds.Count(kind => session.Seen.Add(new(kind, "7"), s_then)), default)).Should().Be(kinds.Length);

        await store.WriteAsync(session => session.Seen.Prune(s_then.AddHours(1), SeenKind.TelegramUpdate, SeenKind.OwnersWords), default);

        (await store.ReadAsync(session => kinds.Where(kind => session.Seen.Has(new(kind, "7"))).ToList(), default))
            .Should()
            .Equal(kinds.Except([SeenKind.TelegramUpdate, SeenKind.OwnersWords]));
        (await store.WriteAsync(session => session.Seen.Add(new(SeenKind.ArrivalAsked, "7"), s_then.AddDays(9)), default)).Should().BeFalse();
    }
}
