using System.Text;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>What came of saving a file. What was written is kept as a draft unless it was saved. Closed.</summary>
public abstract record FileAnswer
{
    private FileAnswer() { }

    public sealed record Saved : FileAnswer;

    /// <summary>The file says this already, or the editor changed nothing.</summary>
    public sealed record Unchanged : FileAnswer;

    /// <summary>The text has errors and would not come into force.</summary>
    public sealed record Broken(IReadOnlyList<Finding> Errors) : FileAnswer;

    /// <summary>The file was edited elsewhere meanwhile: somebody has to choose.</summary>
    public sealed record Conflict : FileAnswer;

    /// <summary>Pinned conversations would end differently; it is saved when that is confirmed.</summary>
    public sealed record Confirm(IReadOnlyList<BrokenPin> Pins) : FileAnswer;

    /// <summary>The disk does not take it, and why.</summary>
    public sealed record Refused(string Why) : FileAnswer;
}

/// <summary>One of the owner's files as it is edited.</summary>
/// <param name="Text">What it says on the disk, with LF at the ends of lines; null when it is not there.</param>
/// <param name="Version">Of <paramref name="Text"/>; empty when it is not there.</param>
/// <param name="Draft">What this person wrote and could not save yet, or null.</param>
public sealed record OpenedFile(OwnedFile File, string? Text, string Version, FileDraft? Draft);

/// <summary>Where the owner's files are edited: every save is kept with who and when, and nothing that anybody wrote is lost.</summary>
/// <param name="exchange">Null where no other host has these files.</param>
public sealed class FileDesk(
    OwnedFiles files,
    IStore store,
    PlaybookCatalog<PlaybookSnapshot> catalog,
    PinDesk pins,
    TimeProvider time,
    FileExchange? exchange = null
) : IDisposable
{
    private static readonly TimeSpan s_longestWrite = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _saving = new(1, 1);

    public void Dispose() => _saving.Dispose();

    /// <summary>Opens a file, and keeps what it says now as a version, so that a later choice can show what the edit began with.</summary>
    public async Task<OpenedFile> OpenAsync(OwnedFile file, string who, CancellationToken cancellationToken)
    {
        await ExchangeAsync(cancellationToken);
        var text = await ReadAsync(file, cancellationToken);
        var draft = await store.WriteAsync(session =>
        {
            Seen(session, file.Name, text, time.GetUtcNow());
            return session.Files.Draft(file.Name, who);
        }, cancellationToken);
        return new(file, text, text is null ? "" : Version(text), draft);
    }

    /// <param name="begun">The <see cref="OpenedFile.Version"/> that the edit began with, or that the choice was made over.</param>
    /// <param name="confirmed">Pinned conversations may end differently.</param>
    public async Task<FileAnswer> SaveAsync(
        OwnedFile file,
        string begun,
        string text,
        string who,
        bool confirmed,
        CancellationToken cancellationToken
    )
    {
        text = text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        await _saving.WaitAsync(cancellationToken);
        try
        {
            await ExchangeAsync(cancellationToken);
            var answer = await TryAsync(file, begun, text, who, confirmed, cancellationToken);
            if (answer is FileAnswer.Saved && file.IsPlaybookOrShop)
            {
                catalog.Look();
            }

            await ExchangeAsync(cancellationToken);

            return answer;
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>
    /// Takes up an edit in the folder of a host that came at the same time as another one: it becomes this person's, to be chosen from as any other
    /// that could not be saved. One that they wrote themselves goes first.
    /// </summary>
    public Task AdoptAsync(OwnedFile file, string who, CancellationToken cancellationToken) =>
        exchange is null ? Task.CompletedTask : store.WriteAsync(session =>
        {
            if (session.Files.Draft(file.Name, who) is null && session.Files.DraftsOnDisk(file.Name) is [var first, ..])
            {
                session.Files.SetDraft(first with { Who = who });
                session.Files.DropDraft(file.Name, first.Who);
            }
        }, cancellationToken);

    /// <summary>What other hosts were told meanwhile counts, and what is saved here counts there.</summary>
    private async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        if (exchange is not null && await exchange.LookAsync(cancellationToken))
        {
            catalog.Look();
        }
    }

    /// <summary>Gives up what could not be saved: the file stays as it is.</summary>
    public Task DropDraftAsync(OwnedFile file, string who, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        session.Files.DropDraft(file.Name, who);
        return true;
    }, cancellationToken);

    private async Task<FileAnswer> TryAsync(
        OwnedFile file,
        string begun,
        string text,
        string who,
        bool confirmed,
        CancellationToken cancellationToken
    )
    {
        var present = await ReadAsync(file, cancellationToken);
        var standing = EditChoice.Of(begun.Length == 0 ? null : begun, present is null ? null : Version(present), Version(text));
        if (standing is EditStanding.Same or EditStanding.Theirs)
        {
            await DropDraftAsync(file, who, cancellationToken);
            return new FileAnswer.Unchanged();
        }

        FileAnswer? hindrance = standing == EditStanding.Both ? new FileAnswer.Conflict()
            : files.Check(file, text).Where(finding => finding.IsError).ToList() is { Count: > 0 } errors ? new FileAnswer.Broken(errors)
            : !confirmed && file.IsPlaybookOrShop && await BrokenPinsAsync(file, text, cancellationToken) is { Count: > 0 } broken
                ? new FileAnswer.Confirm(broken)
            : null;
        if (hindrance is not null)
        {
            await KeepDraftAsync(file, begun, text, who, cancellationToken);
            return hindrance;
        }

        return await WriteAsync(file, begun, present, text, who, cancellationToken);
    }

    /// <summary>The store has the save before the file, so that it is known for what it is when its record fails: the file is never said not to be
    /// written when it is, and no other writer waits for the disk.</summary>
    private async Task<FileAnswer> WriteAsync(
        OwnedFile file, string begun, string? present, string text, string who, CancellationToken cancellationToken)
    {
        // 1. Intend, on top of what the file says.
        await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            Seen(session, file.Name, present, now, isOver: true);
            var beginning = BeginningOf(session, file, begun);
            session.Files.Intend(new(file.Name, who, Version(text), present is null ? "" : Version(present), beginning, text, now));
        }, cancellationToken);

        // 2. Write the file.
        string? why = null;
        try
        {
            PlaybookFolder.Write(Path.GetDirectoryName(file.Path)!, new PlaybookFile(Path.GetFileName(file.Path), Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = $"{file.Name} cannot be written: {e.Message} Free some disk space, or give OpsChat the right to write the file and its folder.";
        }

        // 3. Record it, even when the host is stopping. Where that fails, whoever sees the file next records it.
        try
        {
            await store.WriteAsync(
                session => Seen(session, file.Name, why is null ? text : present, time.GetUtcNow(), isOver: true),
                CancellationToken.None
            );
        }
        catch (StoreException) when (why is null)
        {
            return new FileAnswer.Saved();
        }

        return why is null ? new FileAnswer.Saved() : new FileAnswer.Refused(why);
    }

    /// <summary>What stands in the file ends the save that had begun: it is recorded as that person's, or their text is kept as a draft. Whatever
    /// else stands there was written elsewhere, and is kept as such.</summary>
    /// <param name="text">What the file says; null when it is not there.</param>
    /// <param name="isOver">Whoever began a save of it writes no longer. Otherwise one that began a moment ago may still be at it.</param>
    private static void Seen(UnitOfWork session, string file, string? text, DateTimeOffset now, bool isOver = false)
    {
        if (session.Files.Intended(file) is { } save)
        {
            if (text is not null && Version(text) == save.Version)
            {
                session.Files.EndSave(file);
                session.Files.Keep(file, save.Version, save.Content, save.Who, now);
                session.Files.DropDraft(file, save.Who);
                session.Audit.Append("file", save.Who, file, new { Verb = "saved", save.Version, save.Before }, now);
            }
            else if (isOver || save.At < now - s_longestWrite)
            {
                session.Files.EndSave(file);
                session.Files.SetDraft(new(file, save.Who, save.Begun, save.Content, now));
            }
        }

        if (text is not null)
        {
            session.Files.Keep(file, Version(text), text, FileTable.OnDisk, now);
        }
    }

    private Task<IReadOnlyList<BrokenPin>> BrokenPinsAsync(OwnedFile file, string text, CancellationToken cancellationToken) =>
        pins.BrokenByAsync(catalog.With(new PlaybookFile(file.Name, Encoding.UTF8.GetBytes(text))).Built, cancellationToken);

    private Task KeepDraftAsync(OwnedFile file, string begun, string text, string who, CancellationToken cancellationToken) =>
        store.WriteAsync(
            session => session.Files.SetDraft(new(file.Name, who, BeginningOf(session, file, begun), text, time.GetUtcNow())),
            cancellationToken
        );

    private static string? BeginningOf(UnitOfWork session, OwnedFile file, string begun) =>
        session.Files.History(file.Name).FirstOrDefault(version => version.Version == begun)?.Content;

    /// <summary>Of a text as it is kept: line ends of another kind are no other version.</summary>
    internal static string Version(string text) => PlaybookParser.Version(Encoding.UTF8.GetBytes(text));

    /// <summary>Keeps what stands on the disk as a version, unless it is what was kept last.</summary>
    internal static void KeepOnDisk(UnitOfWork session, PlaybookFile file, DateTimeOffset now)
    {
        var text = Encoding.UTF8.GetString(file.Content.Span).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        Seen(session, file.Name, text, now);
    }

    private static async Task<string?> ReadAsync(OwnedFile file, CancellationToken cancellationToken) =>
        File.Exists(file.Path) ? (await File.ReadAllTextAsync(file.Path, cancellationToken)).ReplaceLineEndings("\n") : null;
}
