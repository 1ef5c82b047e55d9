using OpsChat.Approvals;
using OpsChat.Drafting;
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

    /// <summary>This person may not.</summary>
    public sealed record NotAllowed(string Why) : TranslationAnswer;

    public sealed record Unknown : TranslationAnswer;
}

/// <summary>Where a person takes or rejects what a model translated. A taken text is written into the playbook's file and is the owner's from
/// then on.</summary>
public sealed class TranslationDesk(IStore store, CurrentPlaybooks known, OwnedFiles files, FileDesk desk, TimeProvider time)
{
    public Task<IReadOnlyList<TranslationRow>> WaitingAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Translations.Waiting(), cancellationToken);

    /// <param name="edited">The person's own words in its place; null takes it as it is.</param>
    public async Task<TranslationAnswer> TakeAsync(string id, string? edited, Approver who, CancellationToken cancellationToken)
    {
        if (!who.May(edited is null ? Right.Publish : Right.EditFiles))
        {
            return new TranslationAnswer.NotAllowed(
                edited is null ? "Only an owner puts a text before customers." : "Only the owner writes what customers are answered."
            );
        }

        if (await store.ReadAsync(session => session.Translations.Find(id), cancellationToken) is not { } row)
        {
            return new TranslationAnswer.Unknown();
        }

        if (row.State is TranslationState.Taken or TranslationState.Rejected)
        {
            return new TranslationAnswer.Refused(
                $"{row.DecidedBy} decided about it at {known().Shop.Hours.Shown(row.DecidedAt ?? time.GetUtcNow())}."
            );
        }

        // 1. Hold it.
        if (!await store.WriteAsync(session => session.Translations.Claim(id, who.Name, time.GetUtcNow()), cancellationToken))
        {
            return new TranslationAnswer.Refused("Somebody decides about it at this moment.");
        }

        // 2. Write it into the playbook. What cannot be taken waits again, and even when the host is stopping.
        string? hindrance = "";
        try
        {
            hindrance = await WriteAsync(row.It, (edited ?? row.It.Text).ReplaceLineEndings("\n").Trim(), who.Name, cancellationToken);
        }
        finally
        {
            if (hindrance is not null)
            {
                await store.WriteAsync(session => session.Translations.Release(id, who.Name), CancellationToken.None);
            }
        }

        if (hindrance is not null)
        {
            return new TranslationAnswer.Refused(hindrance);
        }

        // 3. It is taken.
        return await store.WriteAsync(
            session => Decided(session, row, TranslationState.Taken, who.Name, TranslationState.Taking),
            CancellationToken.None
        )
            ? new TranslationAnswer.Done($"The text stands in {row.It.Playbook}.md below `### {row.It.Language}` and is used from now on.")
            : new TranslationAnswer.Refused("Somebody decided about it a moment ago.");
    }

    /// <summary>Saves the text as an edit of this person. Null when it stands in the playbook's file; otherwise why it does not.</summary>
    private async Task<string?> WriteAsync(ProposedTranslation it, string text, string who, CancellationToken cancellationToken)
    {
        var snapshot = known();
        var (name, vocabulary) = ($"{it.Playbook}.md", snapshot.Shop.Vocabulary);
        if (files.Find(name) is not { } file || await desk.OpenAsync(file, who, cancellationToken) is not { Text: { } before } opened)
        {
            return $"There is no {name} any more.";
        }

        // A host that was killed after the file was written left no more to do than to say so.
        if (PlaybookVariant.Says(it.Playbook, before, it.Language, text, vocabulary))
        {
            return null;
        }

        if (snapshot.Playbooks.Find(it.Playbook) is not { } playbook || playbook.Version != it.Version)
        {
            return "The playbook has changed since; the translation is of an older text.";
        }

        if (PlaybookVariant.Added(it.Playbook, before, it.Language, text, vocabulary) is not { } markdown)
        {
            return $"The text cannot stand in {name} as it is. Write it there yourself, below `### {it.Language}`.";
        }

        if (opened.Draft is { } draft && !draft.Says(markdown))
        {
            return $"You have a text of {name} that is not saved yet, and it would be lost. Save it or give it up in the editor, then try again.";
        }

        return await desk.SaveAsync(file, opened.Version, markdown, who, confirmed: false, cancellationToken) switch
        {
            FileAnswer.Saved or FileAnswer.Unchanged => null,
            FileAnswer.Broken broken => $"Line {broken.Errors[0].Line}: {broken.Errors[0].Problem} {broken.Errors[0].Remedy}",
            FileAnswer.Confirm confirm =>
                $"A pinned answer would change: {confirm.Pins[0].InWords} The text waits in your editor of {name}; save it there if that is right.",
            FileAnswer.Conflict => $"{name} was edited elsewhere in the same moment. Try again.",
            FileAnswer.Refused refused => refused.Why,
            _ => throw new InvalidOperationException("An answer about a file is closed."),
        };
    }

    public async Task<TranslationAnswer> RejectAsync(string id, Approver who, CancellationToken cancellationToken)
    {
        if (!who.May(Right.Publish))
        {
            return new TranslationAnswer.NotAllowed("Only an owner decides which texts are not proposed again.");
        }

        if (await store.ReadAsync(session => session.Translations.Find(id), cancellationToken) is not { } row)
        {
            return new TranslationAnswer.Unknown();
        }

        return await store.WriteAsync(session => Decided(session, row, TranslationState.Rejected, who.Name), cancellationToken)
            ? new TranslationAnswer.Done("It is not used, and not proposed again for this text.")
            : new TranslationAnswer.Refused("Somebody decided about it before.");
    }

    private bool Decided(
        UnitOfWork session, TranslationRow row, TranslationState state, string who, TranslationState from = TranslationState.Proposed)
    {
        var now = time.GetUtcNow();
        if (!session.Translations.Decide(row.Id, state, who, now, from))
        {
            return false;
        }

        session.Audit.Append("translation", who, row.Id, new { row.It.Playbook, row.It.Version, row.It.Language, State = state.ToString() }, now);
        return true;
    }
}
