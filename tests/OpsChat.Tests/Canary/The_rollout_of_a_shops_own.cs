using Microsoft.Extensions.Configuration;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Host;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

/// <summary>The file that comes with OpsChat is the demo shop's; a shop of its own keeps its rollout with its data.</summary>
public sealed class The_rollout_of_a_shops_own : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Shipped => Opening.FromHome("canary.config.json");

    private string Own => Path.Combine(_folder.Path, "data", "canary.config.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void stands_in_its_data_folder_and_the_demos_where_it_came()
    {
        Opening.CanaryPath(Options(shop: "/exports")).Should().Be(Own);
        Opening.CanaryPath(Options(shop: "")).Should().Be(Shipped);
        Opening
            .CanaryPath(Options(shop: "/exports", canary: _folder.File("mine.json")))
            .Should()
            .Be(_folder.File("mine.json"), "a file that is named is the one");
    }

    [Fact]
    public void is_the_one_for_every_command_on_its_data_once_it_is_there()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Own)!);
        File.WriteAllBytes(Own, CanaryConfigText.Write(new CanaryConfig { Percentage = 25 }));

        Opening.CanaryPath(Options(shop: "")).Should().Be(Own, "a command need not know where the exports are");
        Opening.Canary(Options(shop: "")).Config.Percentage.Should().Be(25);
    }

    [Fact]
    public async Task begins_at_the_first_stage_also_in_a_folder_where_the_demo_had_everyone_let_in()
    {
        await using (var demo = await Opening.OpenForCommandAsync(Options(shop: ""), TimeProvider.System, default, mayBegin: true))
        {
            await Opening.MarkAsync(demo.Shop.Store, Options(shop: ""), default);
            await demo.Shop.Store.WriteAsync(
                session => session.Settings.Set(SettingNames.CanaryRecorded, RolloutRecord.TextOf(new CanaryConfig { Percentage = 100 })),
                default
            );
        }

        var options = Options(shop: _folder.File("exports"));
        Directory.CreateDirectory(options.Shop);
        Opening.Canary(options).Config.Percentage.Should().Be(10);
        File.Exists(Own).Should().BeFalse("whoever only looks makes no file");

        await using var own = await Opening.OpenForCommandAsync(options, TimeProvider.System, default, mayBegin: true);

        own.Shop.Canary.Current.Config.Percentage.Should().Be(10);
        File.Exists(Own).Should().BeTrue();
        (await Opening.MarkAsync(own.Shop.Store, options, default)).Should().Contain("used with the demo shop").And.Contain("--data");
    }

    private OpsChatOptions Options(string shop, string? canary = null) =>
        Opening.Options(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["OpsChat:Data"] = Path.Combine(_folder.Path, "data"),
                        ["OpsChat:Shop"] = shop,
                        ["OpsChat:Canary"] = canary ?? "canary.config.json",
                        ["OpsChat:Encoder"] = "off",
                    }
                )
                .Build()
        );
}
