using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>What came of a decision about a translation. Closed.</summary>
public abstract record TranslationAnswer
{
    private TranslationAnswer() { }

    public sealed record Done(string Sentence) : TranslationAnswer;

    /// <summary>It cannot be done, and why.</summary>
    public sealed record Refused(string Why) : TranslationAnswer;

    public sealed record Unknown : TranslationAnswer;
}

/// <summary>Where a person takes or rejects what a model translated. A taken text is written into the playbook's file and is the owner's from
/// then on.</summary>
public sealed class TranslationDesk(IStore store, CurrentPlaybooks known, PlaybookCatalog<PlaybookSnapshot> catalog, TimeProvider time)
{
    public Task<IReadOnlyList<TranslationRow>> WaitingAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Translations.Waiting(), cancellationToken);

    /// <param name="edited">The person's own words in its place; null takes it as it is.</param>
    public async Task<TranslationAnswer> TakeAsync(string id, string? edited, string who, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(session => session.Translations.Find(id), cancellationToken) is not { } row)
        {
            return new TranslationAnswer.Unknown();
        }

        if (row.State != TranslationState.Proposed)
        {
            return new TranslationAnswer.Refused(
                $"{row.DecidedBy} decided about it at {known().Shop.Hours.Shown(row.DecidedAt ?? time.GetUtcNow())}."
            );
        }

        var snapshot = known();
        if (snapshot.Playbooks.Find(row.It.Playbook) is not { } playbook || playbook.Version != row.It.Version)
        {
            return new TranslationAnswer.Refused("The playbook has changed since; the translation is of an older text.");
        }

        var file = Path.Combine(catalog.Folder, row.It.Playbook + ".md");
        var text = (edited ?? row.It.Text).ReplaceLineEndings("\n").Trim();
        var before = await File.ReadAllTextAsync(file, cancellationToken);
        if (PlaybookVariant.Added(row.It.Playbook, before, row.It.Language, text, snapshot.Shop.Vocabulary) is not { } markdown)
        {
            return new TranslationAnswer.Refused(
                $"The text cannot stand in {row.It.Playbook}.md as it is. Write it there yourself, below `### {row.It.Language}`."
            );
        }

        // Whoever is first decides; only then does the file change, so that two taps write it once.
        var isFirst = await store.WriteAsync(session => Decided(session, row, TranslationState.Taken, who), cancellationToken);
        if (isFirst)
        {
            await ReplaceAsync(file, markdown, cancellationToken);
        }

        return isFirst
            ? new TranslationAnswer.Done($"The text stands in {row.It.Playbook}.md below `### {row.It.Language}` and is used from now on.")
            : new TranslationAnswer.Refused("Somebody decided about it a moment ago.");
    }

    public async Task<TranslationAnswer> RejectAsync(string id, string who, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(session => session.Translations.Find(id), cancellationToken) is not { } row)
        {
            return new TranslationAnswer.Unknown();
        }

        return await store.WriteAsync(session => Decided(session, row, TranslationState.Rejected, who), cancellationToken)
            ? new TranslationAnswer.Done("It is not used, and not proposed again for this text.")
            : new TranslationAnswer.Refused("Somebody decided about it before.");
    }

    private bool Decided(UnitOfWork session, TranslationRow row, TranslationState state, string who)
    {
        var now = time.GetUtcNow();
        if (!session.Translations.Decide(row.Id, state, who, now))
        {
            return false;
        }

        session.Audit.Append("translation", who, row.Id, new { row.It.Playbook, row.It.Version, row.It.Language, State = state.ToString() }, now);
        return true;
    }

    /// <summary>Whole or not at all: a reader never meets half a file.</summary>
    private static async Task ReplaceAsync(string file, string markdown, CancellationToken cancellationToken)
    {
        var fresh = file + ".new";
        await File.WriteAllTextAsync(fresh, markdown, cancellationToken);
        File.Move(fresh, file, overwrite: true);
    }
}
