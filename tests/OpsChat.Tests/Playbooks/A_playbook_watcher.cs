using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

public sealed class A_playbook_watcher : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("watched");
    private readonly TestClock _clock = new();
    private readonly Channel<PlaybookSet> _recorded = Channel.CreateUnbounded<PlaybookSet>();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task brings_an_edit_into_force_within_a_second_even_without_notice_from_the_operating_system()
    {
        var catalog = new PlaybookCatalog<PlaybookSet>(_folder.FullName, Path.Combine(_folder.FullName, "state"), _clock, set => set);
        using var watcher = Watching("/no/such/folder", catalog.Look);
        await watcher.StartAsync(default);
        (await NextRecorded()).Playbooks.Should().BeEmpty("what is in force at the start is recorded");
        await _clock.WaitForTimer(PlaybookWatcher.LookEvery).WaitAsync(Patience);

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "opening-hours.md"), A.PlaybookText());
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await NextRecorded()).Find("opening-hours").Should().NotBeNull();
        await watcher.StopAsync(default);
    }

    [Fact]
    public async Task needs_only_the_settling_time_when_the_operating_system_gives_notice()
    {
        var catalog = new PlaybookCatalog<PlaybookSet>(_folder.FullName, Path.Combine(_folder.FullName, "state"), _clock, set => set);
        using var watcher = Watching(_folder.FullName, catalog.Look);
        await watcher.StartAsync(default);
        (await NextRecorded()).Playbooks.Should().BeEmpty("what is in force at the start is recorded");
        await _clock.WaitForTimer(PlaybookWatcher.LookEvery).WaitAsync(Patience);

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "opening-hours.md"), A.PlaybookText());
        await _clock.WaitForTimer(EditNotices.Settling).WaitAsync(Patience);
        _clock.Advance(EditNotices.Settling);

        (await NextRecorded()).Find("opening-hours").Should().NotBeNull();
        await watcher.StopAsync(default);
    }

    [Fact]
    public async Task goes_on_looking_after_a_look_that_failed()
    {
        var looks = Channel.CreateUnbounded<bool>();
        using var watcher = Watching("/no/such/folder", () =>
            looks.Writer.TryWrite(true) ? throw new IOException("The network folder is away.") : Empty
        );
        await watcher.StartAsync(default);

        foreach (var pause in new[] { 1, 2, 4 })
        {
            await looks.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            await _clock.WaitForTimer(TimeSpan.FromSeconds(pause)).WaitAsync(Patience);
            _clock.Advance(TimeSpan.FromSeconds(pause));
        }

        await watcher.StopAsync(default);
        watcher.Rounds.Should().BeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task records_a_change_again_until_it_is_recorded()
    {
        var tries = 0;
        using var watcher = Watching(
            "/no/such/folder",
            () => Empty,
            set => ++tries < 3 ? throw new StoreException("The database is locked.") : _recorded.Writer.TryWrite(set)
        );
        await watcher.StartAsync(default);

        await _clock.WaitForTimer(TimeSpan.FromSeconds(1)).WaitAsync(Patience);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _clock.WaitForTimer(TimeSpan.FromSeconds(2)).WaitAsync(Patience);
        _clock.Advance(TimeSpan.FromSeconds(2));

        (await NextRecorded()).Should().BeSameAs(Empty);
        await watcher.StopAsync(default);
    }

    private static PlaybookSet Empty { get; } = PlaybookSet.Build([], new Dictionary<string, PlaybookFile>());

    private PlaybookWatcher Watching(string folder, Func<PlaybookSet> look, Func<PlaybookSet, bool>? record = null) =>
        new(
            folder,
            look,
            (set, _) => Task.FromResult(record?.Invoke(set) ?? _recorded.Writer.TryWrite(set)),
            _clock,
            NullLogger<PlaybookWatcher>.Instance
        );

    private Task<PlaybookSet> NextRecorded() => _recorded.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
