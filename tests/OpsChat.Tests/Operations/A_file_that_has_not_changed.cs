using OpsChat.Agent;
using OpsChat.Operations.History;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Operations;

/// <summary>A folder of which most files stay as they are for days: only what is new costs anything, and what is known stays the same.</summary>
public sealed class A_file_that_has_not_changed : IAsyncDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 20, 9, 0, 0, TimeSpan.FromHours(8));

    private readonly TemporaryFolder _folder = new();
    private readonly string _shop;
    private SqliteStore? _store;

    public A_file_that_has_not_changed()
    {
        _shop = _folder.File("shop");
        MugShop.Write(_shop, new(2026, 3, 19));
    }

    [Fact]
    public void is_read_once_however_often_the_folder_is_looked_at()
    {
        var folder = new ShopHistoryFolder(_shop, Settings());
        var first = folder.Read(s_now);
        Append("orders.csv");

        var again = folder.Read(s_now.AddDays(1));

        again.Fresh.Orders.Should().NotBeEmpty("its file changed");
        again.Fresh.Stock.Should().BeEmpty("the file of counts is as it was");
        again.Rows.Stock.Should().HaveCount(first.Rows.Stock.Count, "what it says still counts");
    }

    [Fact]
    public void is_not_read_after_a_restart_while_its_rows_are_kept()
    {
        File.WriteAllLines(Path.Combine(_shop, "products.csv"), ["Handle,Title,Variant SKU,Variant Price", "mug,Mug,MUG,30.00"]);
        var first = new ShopHistoryFolder(_shop, Settings()).Read(s_now);

        var again = new ShopHistoryFolder(_shop, Settings()).Read(s_now, first.Kept);

        first.Kept.Select(f => f.Kind).Should().Contain(["Orders", "Inventory"]);
        again.Rows.Orders.Should().BeEmpty();
        again.Rows.Stock.Should().BeEmpty();
        again.Rows.Products.Should().NotBeEmpty("a catalogue tells of the present, and is read each time");
        again.Files.Should().BeEquivalentTo(first.Files);
        again.Rows.Feeds.Should().BeEquivalentTo(first.Rows.Feeds);
    }

    [Fact]
    public void is_read_with_the_others_of_its_kind_when_one_of_them_is_new()
    {
        var first = new ShopHistoryFolder(_shop, Settings()).Read(s_now);
        File.Copy(Path.Combine(_shop, "orders.csv"), Path.Combine(_shop, "orders-2.csv"));

        var again = new ShopHistoryFolder(_shop, Settings()).Read(s_now, first.Kept);

        again.Rows.Orders.Should().BeEquivalentTo(first.Rows.Orders, o => o.Excluding(order => order.Place), "the newer one's word counts");
        again.Rows.Stock.Should().BeEmpty();
    }

    [Fact]
    public void is_not_read_beside_a_newer_one_since_the_newer_ones_word_counts_anyway()
    {
        var first = new ShopHistoryFolder(_shop, Settings()).Read(s_now);
        var (orders, newer) = (Path.Combine(_shop, "orders.csv"), Path.Combine(_shop, "orders-2.csv"));
        File.WriteAllLines(newer, File.ReadLines(orders).Take(4));
        File.SetLastWriteTimeUtc(newer, File.GetLastWriteTimeUtc(orders).AddMinutes(1));

        new ShopHistoryFolder(_shop, Settings()).Read(s_now, first.Kept).Rows.Orders.Should().HaveCount(3);
    }

    [Fact]
    public async Task leaves_what_is_known_of_it_in_force_when_its_newer_version_is_cut_off()
    {
        await OpenAsync();
        var watch = Watch(_store!);
        var before = await watch.ViewAsync(s_now, default);
        var lines = File.ReadAllLines(Path.Combine(_shop, "orders.csv"));
        File.WriteAllLines(Path.Combine(_shop, "orders.csv"), lines.Take(lines.Length / 4));

        var after = await watch.ViewAsync(s_now, default);

        Customers(after).Should().Equal(Customers(before));
        after.History.AsOf(s_now).FeedsNow().Should().Contain(f => f.File == "orders.csv" && f.Refusal != null);
    }

    [Fact]
    public void is_read_again_when_the_shop_counts_in_another_zone_or_the_same_length_says_something_else()
    {
        var first = new ShopHistoryFolder(_shop, Settings()).Read(s_now);
        var (orders, written) = (Path.Combine(_shop, "orders.csv"), File.GetLastWriteTimeUtc(Path.Combine(_shop, "orders.csv")));
        File.WriteAllText(orders, File.ReadAllText(orders).Replace("MUG", "MAG", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(orders, written);

        new ShopHistoryFolder(_shop, Settings()).Read(s_now, first.Kept).Rows.Orders.Should().NotBeEmpty();
        new ShopHistoryFolder(_shop, Settings("Europe/Berlin")).Read(s_now, first.Kept).Rows.Stock.Should().NotBeEmpty();
    }

    [Fact]
    public void is_read_again_when_it_told_of_days_that_had_not_come()
    {
        var folder = new ShopHistoryFolder(_shop, Settings());
        var before = folder.Read(s_now.AddDays(-10));

        var after = folder.Read(s_now);

        after.Rows.Orders.Count.Should().BeGreaterThan(before.Rows.Orders.Count);
        after.Fresh.Orders.Should().HaveCount(after.Rows.Orders.Count);
    }

    [Fact]
    public async Task gives_the_same_alerts_after_a_restart_as_before()
    {
        var first = await (await DeskAsync()).LookAsync(MonitorSet.All, s_now, default);
        var view = await (await DeskAsync()).ViewAsync(s_now, default);
        var again = await (await DeskAsync()).LookAsync(MonitorSet.All, s_now, default);

        again.News.Should().BeEmpty();
        again.Queue.Ranked.Select(a => (a.Id, a.Headline)).Should().Equal(first.Queue.Ranked.Select(a => (a.Id, a.Headline)));
        view.Files.Should().NotBeEmpty();
        (await _store!.ReadAsync(session => session.History.KeptFiles(), default)).Should().NotBeEmpty();
    }

    [Fact]
    public async Task counts_as_kept_only_when_all_of_its_rows_are()
    {
        await OpenAsync();
        var inTrouble = new StoreInTrouble(_store!) { IsInTrouble = true };
        var watch = Watch(inTrouble);
        await FluentActions.Awaiting(() => watch.ViewAsync(s_now, default)).Should().ThrowAsync<StoreException>();
        inTrouble.EndTrouble();
        (await _store!.ReadAsync(session => session.History.KeptFiles(), default)).Should().BeEmpty();

        var view = await watch.ViewAsync(s_now, default);
        var later = await Watch(_store!).ViewAsync(s_now, default);

        later.Moment(s_now).OrdersSince(s_now.AddDays(-100)).Should().BeEquivalentTo(view.Moment(s_now).OrdersSince(s_now.AddDays(-100)));
        later.Moment(s_now).OrdersSince(s_now.AddDays(-100)).Should().NotBeEmpty();
    }

    [Fact]
    public async Task leaves_customers_what_they_were_when_an_export_no_longer_holds_them()
    {
        await OpenAsync();
        var before = Customers(await Watch(_store!).ViewAsync(s_now, default));
        var orders = await File.ReadAllLinesAsync(Path.Combine(_shop, "orders.csv"));
        await File.WriteAllLinesAsync(Path.Combine(_shop, "orders.csv"), [orders[0], .. orders.Skip(orders.Length * 2 / 3)]);

        for (var restart = 0; restart < 3; restart++)
        {
            Customers(await Watch(_store!).ViewAsync(s_now, default)).Should().Equal(before);
            Append("orders.csv");
        }

        before.Values.Should().OnlyContain(c => c.Length == 16 && !c.Contains('@'), "operations know customers by a digest alone");
    }

    private static Dictionary<string, string> Customers(ShopView view) =>
        view.Moment(s_now).OrdersSince(s_now.AddDays(-100)).ToDictionary(o => o.Number, o => o.Customer ?? "nobody");

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task OpenAsync() => _store = await SqliteStore.OpenAsync(_folder.File("opschat.db"), default);

    private async Task<OperationsDesk> DeskAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        await OpenAsync();
        return new(_store!, Watch(_store!), () => OperationsSettings.Default("MYR"));
    }

    private ShopWatch Watch(IStore store)
    {
        var profile = ShopProfile.Default with
        {
            Currency = "MYR",
            Hours = OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")),
        };
        return new(_shop, _folder.File("feeds"), store, () => profile);
    }

    private void Append(string file) => File.AppendAllText(Path.Combine(_shop, file), "\n");

    private static ShopFolderSettings Settings(string zone = "Asia/Kuala_Lumpur")
    {
        var calendar = new ShopCalendar(OpeningHours.Always(TimeZoneInfo.FindSystemTimeZoneById(zone)));
        return new(calendar.Zone, "MYR") { Calendar = calendar };
    }
}
