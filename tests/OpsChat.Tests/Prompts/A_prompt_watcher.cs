using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Drafting.Prompts;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Prompts;

/// <summary>Each host start is a new watcher on the same store.</summary>
public sealed class A_prompt_watcher : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ShopUnderTest _shop = null!;

    private string Prompts => _folder.File("prompts");

    private string Draft => Path.Combine(Prompts, "draft.scriban");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Prompts);
        foreach (var file in Directory.GetFiles(Repository.Prompts, "*.scriban"))
        {
            File.Copy(file, Path.Combine(Prompts, Path.GetFileName(file)));
        }

        _shop = await ShopUnderTest.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await _shop.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task records_every_prompt_of_the_first_start_with_its_version_and_tells_the_owner_of_none()
    {
        using var watcher = Start(_shop.Store);

        await watcher.LookAsync(CancellationToken.None);
        await watcher.LookAsync(CancellationToken.None);

        var row = (await RecordedAsync()).Should().ContainSingle().Subject;
        foreach (var (name, version) in PromptSet.Load(Prompts).Set.Versions)
        {
            row.Should().Contain($"\"{name}\":\"{version}\"");
        }

        (await ToldAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task records_an_edit_once_also_one_that_was_made_while_the_host_was_stopped()
    {
        using (var first = Start(_shop.Store))
        {
            await first.LookAsync(CancellationToken.None);
        }

        Edit(Draft);
        File.Delete(Path.Combine(Prompts, "style.scriban"));
        using var second = Start(_shop.Store);
        await second.LookAsync(CancellationToken.None);
        await second.LookAsync(CancellationToken.None);

        var version = PromptSet.Load(Prompts).Set.Versions["draft"];
        (await RecordedAsync()).Should().HaveCount(2).And.Subject.Last().Should().Be($$"""{"inForce":{"draft":"{{version}}"},"removed":["style"]}""");
        (await ToldAsync()).Should().Equal("What the model is told has changed: draft, style (removed).");
    }

    [Fact]
    public async Task records_an_edit_again_until_it_is_recorded()
    {
        var trouble = new StoreInTrouble(_shop.Store) { IsInTrouble = true };
        using var watcher = Start(trouble);
        await FluentActions.Awaiting(() => watcher.LookAsync(CancellationToken.None)).Should().ThrowAsync<StoreException>();

        trouble.IsInTrouble = false;
        await watcher.LookAsync(CancellationToken.None);

        (await RecordedAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task records_nothing_of_a_broken_edit_and_tells_of_it_once_even_when_that_fails_at_first()
    {
        var trouble = new StoreInTrouble(_shop.Store);
        using var watcher = Start(trouble);
        await watcher.LookAsync(CancellationToken.None);
        await File.WriteAllTextAsync(Draft, "## Context\nonly");

        trouble.IsInTrouble = true;
        await FluentActions.Awaiting(() => watcher.LookAsync(CancellationToken.None)).Should().ThrowAsync<StoreException>();
        trouble.IsInTrouble = false;
        await watcher.LookAsync(CancellationToken.None);
        await watcher.LookAsync(CancellationToken.None);

        (await RecordedAsync()).Should().ContainSingle("the last good prompts stay in force");
        (await ToldAsync()).Should().ContainSingle().Which.Should().Contain("the last good ones stay in force");
    }

    private PromptWatcher Start(IStore store) => new(new PromptLibrary(Prompts), store, _shop.Clock, NullLogger<PromptWatcher>.Instance);

    private static void Edit(string file) => File.AppendAllText(file, "\nNever promise a date.\n");

    private Task<List<string>> RecordedAsync() =>
        _shop.Store.ReadAsync(session => session.Audit.All().Where(e => e.Kind == "prompt").Select(e => e.Data).ToList(), CancellationToken.None);

    private Task<List<string>> ToldAsync() =>
        _shop.Store.ReadAsync(session => session.Notices.Unseen().Select(n => n.Text).ToList(), CancellationToken.None);
}
