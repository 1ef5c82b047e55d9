using OpsChat.Agent;
using OpsChat.Host;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Reliability;

public sealed class A_held_data_folder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _clock = new(ShopUnderTest.Morning);

    private OpsChatOptions Options => new() { Data = _folder.Path };
    private string Lock => _folder.File("opschat.lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task is_not_refused_to_a_host_that_starts_while_somebody_looks_whether_one_runs()
    {
        await File.WriteAllTextAsync(Lock, "");
        Task<DataFolderLock> taking;
        await using (new FileStream(Lock, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            taking = DataFolderLock.TakeAsync(Options, _clock, default);
            taking.IsCompleted.Should().BeFalse();
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        (await taking).Dispose();
    }

    [Fact]
    public async Task tells_where_its_host_is_and_looking_for_it_leaves_nothing_behind()
    {
        HostAddress.Keep(Options, "http://localhost:5000");
        HostAddress.Of(Options).Should().BeNull("none runs");
        File.Exists(Lock).Should().BeFalse();

        using (await DataFolderLock.TakeAsync(Options, _clock, default))
        {
            HostAddress.Of(Options).Should().Be("http://localhost:5000");
            DataFolderLock.TryTake(Options).Should().BeNull();
        }

        HostAddress.Of(Options).Should().BeNull();
    }
}
