using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Learning;

public sealed class The_learn_command
{
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task looks_lists_shows_takes_and_refuses_what_people_taught()
    {
        using var folder = new ShopOnDisk();
        foreach (var file in Directory.GetFiles(folder.Playbooks, "*.md").Where(file => Path.GetFileName(file) != "_shop.md"))
        {
            File.Delete(file);
        }

        foreach (var (name, text) in SmallMugShop.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Playbooks, $"{name}.md"), text);
        }

        Directory.CreateDirectory(folder.Data);
        await PeopleAnswerAsync(folder.Database);
        using var host = new HostProcess(folder, new Dictionary<string, string> { ["OpsChat__Encoder"] = "off", ["NO_COLOR"] = "1" });
        async Task<string> SaysAsync(int exitCode, params string[] arguments)
        {
            var (code, said) = await host.CommandAsync(arguments).WaitAsync(s_longEnough);
            code.Should().Be(exitCode, said);
            return said;
        }

        // The same numbers as in the list, also as JSON.
        var json = await SaysAsync(0, "learn", "--since", "366d", "--json");
        var proposals = JsonDocument
            .Parse(json[json.IndexOf('{')..(json.LastIndexOf('}') + 1)])
            .RootElement.GetProperty("proposals")
            .EnumerateArray()
            .ToList();
        var place = proposals.FindIndex(it => it.GetProperty("kind").GetString() == "playbook");
        place.Should().BeGreaterThanOrEqualTo(0);
        var (number, id, playbook) = (
            $"{place + 1}",
            proposals[place].GetProperty("id").GetString()!,
            proposals[place].GetProperty("playbook").GetString()!
        );
        (await SaysAsync(0, "learn", "--since", "366d")).Should().Contain($"A new playbook, {playbook}").And.Contain("(8 conversations)");

        (await SaysAsync(0, "learn", "show", number)).Should()
            .Contain(id).And.Contain("ribbon sign").And.Contain($"--- {playbook}.md").And.Contain("past turns").And.NotContain("Aina");
        (await SaysAsync(1, "learn", "show", "99")).Should().Contain("no open proposal 99");

        (await SaysAsync(0, "learn", "take", id)).Should().Contain($"{playbook}.md is written");
        (await File.ReadAllTextAsync(Path.Combine(folder.Playbooks, $"{playbook}.md"))).Should().Contain("ribbon sign");
        (await SaysAsync(1, "learn", "take", id)).Should().Contain("no open proposal");

        // A refused one does not come again with the same evidence.
        var gap = proposals.Find(it => it.GetProperty("kind").GetString() == "gap").GetProperty("id").GetString()!;
        (await SaysAsync(0, "learn", "refuse", gap, "not in winter")).Should().Contain("twice as many conversations");
        (await SaysAsync(1, "learn", "refuse", gap)).Should().Contain("no open proposal");
        (await SaysAsync(0, "learn", "--since", "366d")).Should().NotContain("Nobody could answer");
        (await SaysAsync(0, "learn", "week")).Should().Contain("Learned this week (1)").And.Contain(playbook);

        await using var store = await SqliteStore.OpenAsync(folder.Database, CancellationToken.None);
        (await store.ReadAsync(session => session.Files.Latest($"{playbook}.md")!.Who, default)).Should().Be("owner");
    }

    private static readonly string[] s_unanswered =
        ["do you repair a bicycle", "can you repair my bicycle", "is a bicycle repair possible", "who does a bicycle repair"];

    /// <summary>Some customers ask what nobody answers, and eight ask for gift paper, today by the clock that the command goes by.</summary>
    private static async Task PeopleAnswerAsync(string database)
    {
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: SmallMugShop.Files, database: database);
        var today = TimeProvider.System.GetUtcNow() - ShopUnderTest.Morning - TimeSpan.FromDays(2);
        shop.Clock.Advance(today > TimeSpan.Zero ? today : TimeSpan.Zero);
        foreach (var (words, i) in s_unanswered.Select((words, i) => (words, i)))
        {
            await shop.SayAsync($"ben{i}", words);
        }

        foreach (var (lesson, i) in SmallMugShop.GiftPaper(8).Select((lesson, i) => (lesson, i)))
        {
            await shop.SayAsync($"aina{i}", lesson.Words);
            shop.Clock.Advance(TimeSpan.FromMinutes(15));
            await shop.Get<PersonDesk>()
                .ReplyAsync(
                    shop.Owner,
                    ShopUnderTest.Of($"aina{i}"),
                    "Hi Aina, gift paper is chosen with the ribbon sign in the basket, it costs nothing.",
                    default
                );
            await shop.SendAsync();
        }
    }
}
