using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Canary;

public class The_rollout_keeper
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>The clock stands still, so that nothing but the news can have woken it.</summary>
    [Fact]
    public async Task looks_at_the_news_of_a_case_and_at_an_edit_of_the_file_without_time_passing()
    {
        await using var shop = await ShopUnderTest.OfAsync(
            new() { Percentage = 100 },
            ShopUnderTest.Playbook("washing", "Please wash wool by hand in cold water.", ["how do i wash the wool sweater"])
        );
        await shop.Keeper.StartAsync(default);
        await IsIdleAsync(shop.Clock);

        await shop.SaysAsync("aina", "how do i wash the wool sweater");
        await shop.Clock.WaitForTimer(RolloutKeeper.Apart).WaitAsync(s_patience);
        await IsIdleAsync(shop.Clock);

        await File.WriteAllBytesAsync(shop.CanaryFile, CanaryConfigText.Write(new() { Percentage = 25 }));
        await shop.Clock.WaitForTimer(due => due <= RolloutKeeper.Apart).WaitAsync(s_patience);
        await IsIdleAsync(shop.Clock);

        shop.Config.Current.Config.Percentage.Should().Be(25);
        await shop.Keeper.StopAsync(default);
    }

    /// <summary>Lets it look at what it has heard of by now, until it only waits for something to happen.</summary>
    private static async Task IsIdleAsync(TestClock clock)
    {
        while (!clock.WaitForTimer(RolloutKeeper.LookEvery).IsCompleted)
        {
            await clock.WaitForTimer(due => due <= RolloutKeeper.Apart || due == RolloutKeeper.LookEvery).WaitAsync(s_patience);
            if (!clock.WaitForTimer(RolloutKeeper.LookEvery).IsCompleted)
            {
                clock.Advance(RolloutKeeper.Apart);
            }
        }
    }
}
