using System.Diagnostics;
using OpsChat.Agent;
using OpsChat.Playbooks;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Playbooks;

/// <summary>A pipe waits for somebody who writes, a device never ends: neither is read.</summary>
public sealed class A_folder_with_what_is_no_file : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public A_folder_with_what_is_no_file()
    {
        Directory.CreateDirectory(Playbooks);
        File.WriteAllText(Path.Combine(Playbooks, "opening-hours.md"), A.PlaybookText());
    }

    private string Playbooks => _folder.File("playbooks");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pipe")]
    [InlineData("link to a pipe")]
    [InlineData("link to a device")]
    [InlineData("link to a folder")]
    [InlineData("link to nothing")]
    public async Task loads_its_other_playbooks_at_once_and_reloads(string what)
    {
        var catalog = await WithinAsync(() => new PlaybookCatalog<PlaybookSet>(Playbooks, _folder.File("state"), new TestClock(), set => set));
        Plant(what);

        var set = await WithinAsync(catalog.Look);
        set.Find("opening-hours").Should().NotBeNull();
        set.Find("odd").Should().BeNull();

        await File.WriteAllTextAsync(Path.Combine(Playbooks, "returns.md"), A.PlaybookText());
        (await WithinAsync(catalog.Look)).Find("returns").Should().NotBeNull("an edit beside it comes into force");
        (await WithinAsync(() => PlaybookFolder.Load(Playbooks))).Find("opening-hours").Should().NotBeNull();
    }

    private void Plant(string what)
    {
        var odd = Path.Combine(Playbooks, "odd.md");
        switch (what)
        {
            case "pipe":
                MakePipe(odd);
                break;
            case "link to a pipe":
                MakePipe(_folder.File("pipe"));
                File.CreateSymbolicLink(odd, _folder.File("pipe"));
                break;
            case "link to a device":
                File.CreateSymbolicLink(odd, "/dev/zero");
                break;
            case "link to a folder":
                Directory.CreateSymbolicLink(odd, _folder.Path);
                break;
            default:
                File.CreateSymbolicLink(odd, "/no/such/file");
                break;
        }
    }

    private static void MakePipe(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        made.ExitCode.Should().Be(0);
    }

    /// <summary>What hangs here would hang the host.</summary>
    private static Task<T> WithinAsync<T>(Func<T> work) => Task.Run(work).WaitAsync(s_patience);
}
