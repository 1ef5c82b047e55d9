using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;

namespace OpsChat.Tests.Facts;

public sealed class A_shop_folder : IDisposable
{
    private readonly ShopFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    private static ShopReading Reading() => new(ShopFolderOnDisk.KualaLumpur, "MYR", DateOrder.Unknown, null, 0, A.Now);

    [Fact]
    public async Task without_orders_says_what_to_do()
    {
        var shop = _folder.Open();

        shop.Findings.Should().ContainSingle().Which.ToString().Should().Contain("There are no orders in").And.Contain("Export the orders");
        await shop.Invoking(s => s.FindOrderAsync("1001", default)).Should().ThrowAsync<ShopUnavailableException>();
    }

    [Fact]
    public void that_does_not_exist_says_so()
    {
        new CsvShop(Path.Combine(_folder.Path, "absent"), ShopFolderOnDisk.KualaLumpur, "MYR", _folder.Clock)
            .Findings.Should().ContainSingle().Which.IsError.Should().BeTrue();
    }

    [Fact]
    public async Task comes_into_force_as_soon_as_its_orders_appear()
    {
        var shop = _folder.Open();
        _folder.WithOrders("#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,");

        shop.Refresh().Should().BeTrue();
        (await shop.FindOrderAsync("1001", default)).Should().NotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("\0\u0001\u0002ÿþ")]
    [InlineData("\"")]
    [InlineData("{\"name\": 1}")]
    public void with_something_else_in_orders_csv_has_an_error_and_no_crash(string text)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "orders.csv"), text);

        _folder.Open().Findings.Should().Contain(f => f.IsError && f.Remedy.Length > 0);
    }

    [Fact]
    public async Task may_be_saved_by_a_spreadsheet_with_byte_order_mark_and_windows_line_ends()
    {
        var text =
            $"{ShopFolderOnDisk.Header}\r\n#1000,broken\r\n#1001,a@example.com,paid,,MYR,5.00,,,1,\"Té,\r\nloose\",TEA,\r\n\r\n"
                + "#1002,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,\r\n";
        File.WriteAllText(Path.Combine(_folder.Path, "orders.csv"), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var shop = _folder.Open();

        (await shop.FindOrderAsync("1001", default))!.Lines[0].Name.Should().StartWith("Té,");
        (await shop.FindOrderAsync("1002", default))!.Source.Place.Should().Be("orders.csv line 6");
        shop.Findings.Should().ContainSingle().Which.Line.Should().Be(2);
    }

    [Fact]
    public async Task keeps_its_orders_when_another_file_in_it_is_useless()
    {
        var shop = _folder
            .WithOrders("#1001,a@example.com,paid,,MYR,5.00,,,1,Tea,TEA,")
            .Write("products.csv", "Colour", "red")
            .Write("returns.csv", "Order", "1")
            .Open();

        (await shop.FindOrderAsync("1001", default)).Should().NotBeNull();
        shop.Findings.Select(f => f.File).Should().BeEquivalentTo("products.csv", "returns.csv");
    }

    [Fact]
    public void does_not_fill_its_findings_without_end()
    {
        var shop = _folder.WithOrders([.. Enumerable.Range(0, 5000).Select(i => $"#{i},broken")]).Open();

        shop.Findings.Should().HaveCountLessThanOrEqualTo(101);
    }

    [Fact]
    public void may_hold_any_text_at_all()
    {
        var pieces = Gen.Elements(
            "\"",
            ",",
            ";",
            "\n",
            "\r\n",
            "\r",
            "#1001",
            "a",
            "5.00",
            "\u0000",
            "é",
            "😀",
            " ",
            "\"\"",
            ShopFolderOnDisk.Header + "\n"
        );
        Prop.ForAll(Gen.ListOf(pieces).ToArbitrary(), text =>
        {
            var file = ReadFile.Of("orders.csv", Encoding.UTF8.GetBytes(ShopFolderOnDisk.Header + "\n" + string.Concat(text)), default, Reading());
            return file.IsUsable || file.Findings.Count > 0;
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7));
    }

    [Theory]
    [InlineData("1,299.00", 129900)]
    [InlineData("1.299,00", 129900)]
    [InlineData("1 299,5", 129950)]
    [InlineData("RM 1,299", 129900)]
    [InlineData("RM1.299", 129900)]
    [InlineData("47.84", 4784)]
    [InlineData("47,84", 4784)]
    [InlineData("0.125", 13)]
    [InlineData("-5.00", -500)]
    [InlineData("1.234.567,89", 123456789)]
    [InlineData("1,234,567", 123456700)]
    [InlineData(".5", 50)]
    public void has_amounts_with_either_separator(string text, long minor) => CellNumber.Amount(text, "MYR").Should().Be(new Money(minor, "MYR"));

    [Theory]
    [InlineData("")]
    [InlineData("free")]
    [InlineData("5-6")]
    [InlineData("99999999999999999999999")]
    public void has_no_amount_where_none_is_written(string text) => CellNumber.Amount(text, "MYR").Should().BeNull();

    [Fact]
    public void has_amounts_in_whole_units_where_the_currency_has_no_smaller_ones() =>
        CellNumber.Amount("125.000", "VND").Should().Be(new Money(125000, "VND"));

    [Theory]
    [InlineData("2026-11-20 14:03:22 +0800", "2026-11-20T14:03:22+08:00")]
    [InlineData("2026-11-20 14:03:22 +08:00", "2026-11-20T14:03:22+08:00")]
    [InlineData("2026-11-20T06:03:22Z", "2026-11-20T06:03:22+00:00")]
    [InlineData("2026-11-20 06:03:22 UTC", "2026-11-20T06:03:22+00:00")]
    [InlineData("2026-11-20T14:03:22.5+08:00", "2026-11-20T14:03:22.5+08:00")]
    [InlineData("2026-11-20 14:03", "2026-11-20T14:03:00+08:00")]
    [InlineData("2026-11-20", "2026-11-20T00:00:00+08:00")]
    public void has_dates_with_offset_or_in_the_shops_own_time(string text, string expected) =>
        CellDate
            .Read(text, new(ShopFolderOnDisk.KualaLumpur, DateOrder.Unknown))
            .Should()
            .Be(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("3/4/2026")]
    [InlineData("yesterday")]
    [InlineData("2026-13-40")]
    public void has_no_date_where_it_could_be_another_one(string text) =>
        CellDate.Read(text, new(ShopFolderOnDisk.KualaLumpur, DateOrder.Unknown)).Should().BeNull();
}
