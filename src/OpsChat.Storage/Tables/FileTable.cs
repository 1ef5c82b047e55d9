using System.Data.Common;
using Dapper;

namespace OpsChat.Storage.Tables;

/// <summary>What one of the owner's files said at some time.</summary>
/// <param name="File">Its name: <c>refund-request.md</c>, <c>prompts/draft.scriban</c>.</param>
/// <param name="Version">The first 12 hex digits of its content's SHA-256.</param>
/// <param name="Who">Who saved it in the console; <see cref="FileTable.OnDisk"/> when it was edited elsewhere.</param>
/// <param name="Number">Counts the file's versions from 1.</param>
public sealed record FileVersion(string Id, string File, long Number, string Version, string Content, string Who, DateTimeOffset At);

/// <summary>What somebody wrote and could not save yet.</summary>
/// <param name="Begun">What the file said when the edit began; null when it was not there.</param>
public sealed record FileDraft(string File, string Who, string? Begun, string Content, DateTimeOffset At)
{
    /// <summary>Whether it is this text; empty lines at the end are no difference.</summary>
    public bool Says(string text) => Content.ReplaceLineEndings("\n").TrimEnd('\n') == text.ReplaceLineEndings("\n").TrimEnd('\n');
}

/// <summary>A save that has begun: what is about to be written into a file.</summary>
/// <param name="Before">The version that it takes the place of; empty when the file was not there.</param>
/// <param name="Begun">What the file said when the edit began; null when it was not there.</param>
public sealed record FileSave(string File, string Who, string Version, string Before, string? Begun, string Content, DateTimeOffset At);

/// <summary>The owner's files as they were, and edits that wait for a choice.</summary>
public sealed class FileTable(DbConnection db)
{
    /// <summary>Who wrote a version that did not come through the console.</summary>
    public const string OnDisk = "on the disk";

    private const int MostShown = 200;

    /// <summary>Keeps what the file says, unless it is what was kept last.</summary>
    /// <returns>True when it is new.</returns>
    public bool Keep(string file, string version, string content, string who, DateTimeOffset now)
    {
        var latest = Latest(file);
        if (latest?.Version == version)
        {
            return false;
        }

        db.RunUnheard(
            "insert into file_versions (id, file, number, version, content, who, at) values (@id, @file, @number, @version, @content, @who, @at)",
            new { id = Ids.New('v', now), file, number = (latest?.Number ?? 0) + 1, version, content, who, at = now.Ms() });
        return true;
    }

    public FileVersion? Latest(string file) => History(file, 1) is [var latest] ? latest : null;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<FileVersion> History(string file, int most = MostShown) =>
        [
            .. db.Query<FileVersion>("select * from file_versions where file = @file order by number desc limit @most", new { file, most }),
        ];

    public FileVersion? Find(string id) => db.QuerySingleOrDefault<FileVersion>("select * from file_versions where id = @id", new { id });

    public void SetDraft(FileDraft draft) => db.RunUnheard(
        """
        insert into file_drafts (file, who, begun, content, at) values (@File, @Who, @Begun, @Content, @At)
        on conflict (file, who) do update set begun = excluded.begun, content = excluded.content, at = excluded.at
        """,
        draft);

    public FileDraft? Draft(string file, string who) =>
        db.QuerySingleOrDefault<FileDraft>("select * from file_drafts where file = @file and who = @who", new { file, who });

    /// <summary>Whether the file ever said this.</summary>
    public bool Knows(string file, string version) => db.ExecuteScalar<long>(
        "select count(*) from file_versions where file = @file and version = @version", new { file, version }) > 0;

    /// <summary>What it said in that version; null when that is not known.</summary>
    public string? ContentOf(string file, string version) => db.QueryFirstOrDefault<string>(
        "select content from file_versions where file = @file and version = @version order by number desc limit 1", new { file, version });

    /// <summary>Edits on the disks of hosts that nobody has taken up yet, the oldest first.</summary>
    public IReadOnlyList<FileDraft> DraftsOnDisk(string file) =>
        [
            .. db.Query<FileDraft>(
                "select * from file_drafts where file = @file and who like @onDisk order by at, who",
                new { file, onDisk = $"{OnDisk}%" }
            ),
        ];

    /// <summary>The files of these, by name.</summary>
    public IReadOnlyList<string> WithDraftsOnDisk() =>
        [.. db.Query<string>("select distinct file from file_drafts where who like @onDisk order by file", new { onDisk = $"{OnDisk}%" })];

    public void DropDraft(string file, string who) => db.RunUnheard("delete from file_drafts where file = @file and who = @who", new { file, who });

    /// <summary>Keeps what is about to be written.</summary>
    public void Intend(FileSave save) => db.RunUnheard(
        """
        insert into file_saves (file, who, version, before, begun, content, at) values (@File, @Who, @Version, @Before, @Begun, @Content, @At)
        on conflict (file) do update set who = excluded.who, version = excluded.version, before = excluded.before, begun = excluded.begun,
            content = excluded.content, at = excluded.at
        """,
        save);

    /// <summary>The save that has begun and is not recorded yet; null when there is none.</summary>
    public FileSave? Intended(string file) => db.QuerySingleOrDefault<FileSave>("select * from file_saves where file = @file", new { file });

    public void EndSave(string file) => db.RunUnheard("delete from file_saves where file = @file", new { file });
}
