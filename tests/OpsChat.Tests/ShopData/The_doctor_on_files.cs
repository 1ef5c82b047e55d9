using OpsChat.Benchmarks.Chaos;

namespace OpsChat.Tests.ShopData;

/// <summary>What the commands tell an owner of the shop's files.</summary>
public class The_doctor_on_files
{
    [Fact]
    public async Task says_of_each_what_was_read_what_it_lacks_and_whom_that_affects_in_80_columns()
    {
        using var shop = new ShopOnDisk();
        using var host = new HostProcess(
            shop,
            new Dictionary<string, string>
            {
                ["OpsChat__Shop"] = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Exports", "shopify"),
                ["OpsChat__Encoder"] = "off",
                ["OpsChat__Shopp"] = "x",
            }
        );

        var (exitCode, doctor) = await host.CommandAsync("doctor");
        var (_, check) = await host.CommandAsync("ops", "check");

        exitCode.Should().Be(1, "a setting is misspelt: {0}", doctor);
        var words = InOneLine(doctor);
        words
            .Should()
            .Contain("OpsChat__Shopp is no setting")
            .And.Contain("8 orders: 1 unpaid, 3 shipped, 1 cancelled, 1 partly refunded, 2 of unknown state, and 1 test order")
            .And.Contain("orders_export_1.csv: orders of Shopify, 10 rows.")
            .And.Contain("inventory_export_1.csv: stock by place, 5 rows.")
            .And.Contain("orders_export_1.csv lacks the day of delivery: nobody is told that an order arrived")
            .And.MatchRegex("lacks the day of delivery:[^-]* Affects [a-z, -]*return")
            .And.Contain("No file of parcels is there. It would tell where a parcel is")
            .And.Contain("Kedai Kunang-Kunang, the demo shop");
        doctor.Split('\n').Where(line => !line.Contains('/')).Should().OnlyContain(line => line.TrimEnd().Length <= 80);
        InOneLine(check)
            .Should()
            .Contain("orders_export_1.csv: orders of Shopify, 10 rows. 8 orders:")
            .And.Contain("MYR 811.50 and EUR 35.00 in all, MYR 70.25 paid back");
    }

    private static string InOneLine(string said) => string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
