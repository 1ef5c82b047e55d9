using OpsChat.Host;
using OpsChat.Host.Commands;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

public sealed class An_alert_that_is_named : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), default);
        await _store.WriteAsync(session =>
        {
            foreach (var sku in Enumerable.Range(1, 40))
            {
                session.Alerts.Save(Alert($"SKU-{sku}"));
            }

            return true;
        }, default);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task by_the_beginning_of_its_id_is_found()
    {
        var whole = Alert("SKU-7");

        (await NamedAsync(whole.Id[..8])).Key.Should().Be(whole.Key);
        (await NamedAsync(whole.Id)).Key.Should().Be(whole.Key);
        (await NamedAsync(whole.Key)).Key.Should().Be(whole.Key);
    }

    [Fact]
    public async Task by_a_beginning_that_others_share_is_listed_with_them()
    {
        var shared = Enumerable.Range(1, 40).Select(i => Alert($"SKU-{i}").Id).GroupBy(id => id[..1]).First(g => g.Count() > 1);

        var refused = (await FluentActions.Awaiting(() => NamedAsync(shared.Key)).Should().ThrowAsync<BadUseException>()).Which.Message;

        refused.Should().StartWith($"{shared.Count()} alerts begin with {shared.Key}.").And.ContainAll(shared.Take(10).Select(id => $"  {id}  "));
    }

    [Fact]
    public async Task by_nothing_that_is_known_is_refused() =>
        (await FluentActions.Awaiting(() => NamedAsync("nothing")).Should().ThrowAsync<BadUseException>())
            .Which.Message.Should().StartWith("There is no alert nothing.");

    [Fact]
    public void for_a_place_in_the_queue_says_what_counts_beside_the_money()
    {
        AlertWords.Pressing(new(9360, 1, 0.9)).Should().Be("90 % sure");
        AlertWords.Pressing(new(9360, 0.7071, 1)).Should().Be("100 % sure, urgency 0.71");
    }

    private Task<Alert> NamedAsync(string typed) => _store.ReadAsync(session => AlertsCommand.Named(session, typed), default);

    private static Alert Alert(string sku)
    {
        var subject = SubjectKey.Of(("sku", sku));
        return new()
        {
            Key = subject.KeyFor("stock-runout"), Monitor = "stock-runout", Subject = subject, Owner = "purchasing", Headline = $"{sku} is sold out.",
            OpenedAt = ShopUnderTest.Morning, CheckedAt = ShopUnderTest.Morning,
        };
    }
}
