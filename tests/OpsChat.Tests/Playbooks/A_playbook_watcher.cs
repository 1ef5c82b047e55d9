using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public sealed class A_playbook_watcher : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("watched");
    private readonly TestClock _clock = new();
    private readonly Channel<CatalogChange> _announced = Channel.CreateUnbounded<CatalogChange>();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task announces_an_edit_within_a_second_even_without_notice_from_the_operating_system()
    {
        var catalog = new PlaybookCatalog<PlaybookSet>(_folder.FullName, Path.Combine(_folder.FullName, "state"), _clock, set => set);
        using var watcher = Watching("/no/such/folder", catalog.Look);
        await watcher.StartAsync(default);
        await _clock.WaitForTimer(PlaybookWatcher.LookEvery).WaitAsync(Patience);

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "opening-hours.md"), A.PlaybookText());
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await NextAnnounced()).Added.Should().Equal("opening-hours");
        await watcher.StopAsync(default);
    }

    [Fact]
    public async Task needs_only_the_settling_time_when_the_operating_system_gives_notice()
    {
        var catalog = new PlaybookCatalog<PlaybookSet>(_folder.FullName, Path.Combine(_folder.FullName, "state"), _clock, set => set);
        using var watcher = Watching(_folder.FullName, catalog.Look);
        await watcher.StartAsync(default);
        await _clock.WaitForTimer(PlaybookWatcher.LookEvery).WaitAsync(Patience);

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "opening-hours.md"), A.PlaybookText());
        await _clock.WaitForTimer(PlaybookWatcher.Settling).WaitAsync(Patience);
        _clock.Advance(PlaybookWatcher.Settling);

        (await NextAnnounced()).Added.Should().Equal("opening-hours");
        await watcher.StopAsync(default);
    }

    [Fact]
    public async Task goes_on_looking_after_a_look_that_failed()
    {
        var looks = Channel.CreateUnbounded<bool>();
        using var watcher = Watching("/no/such/folder", () => looks.Writer.TryWrite(true) ? throw new IOException("The network folder is away.") : null);
        await watcher.StartAsync(default);

        for (var look = 0; look < 3; look++)
        {
            await looks.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            await _clock.WaitForTimer(PlaybookWatcher.LookEvery).WaitAsync(Patience);
            _clock.Advance(PlaybookWatcher.LookEvery);
        }

        await watcher.StopAsync(default);
    }

    private PlaybookWatcher Watching(string folder, Func<CatalogChange?> look) =>
        new(folder, look, change => _announced.Writer.TryWrite(change), _clock, NullLogger<PlaybookWatcher>.Instance);

    private Task<CatalogChange> NextAnnounced() => _announced.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
