using System.Text;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Learning;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>What came of a decision about a proposal. Closed.</summary>
public abstract record LearnAnswer
{
    private LearnAnswer() { }

    /// <summary>The file is written and in force.</summary>
    public sealed record Taken(string File) : LearnAnswer;

    /// <summary>The text waits in the editor for its change.</summary>
    public sealed record InTheEditor(string File) : LearnAnswer;

    public sealed record Refused : LearnAnswer;

    /// <summary>Somebody decided about it before, or there is no such proposal.</summary>
    public sealed record Gone : LearnAnswer;

    /// <summary>It cannot be done, and why; the text waits in the editor when <paramref name="File"/> is given.</summary>
    public sealed record Hindered(string Why, string? File = null) : LearnAnswer;
}

/// <summary>What a proposal would change, beside what the file says now.</summary>
/// <param name="Before">Empty for a file that is not there.</param>
public sealed record ProposedText(OwnedFile File, string Before, string After);

/// <summary>Where people's corrections become proposals, and proposals become edits. Every face uses it.</summary>
public sealed class LearnDesk(IStore store, PlaybookCatalog<PlaybookSnapshot> catalog, OwnedFiles files, FileDesk desk, IShop shop, TimeProvider time)
{
    /// <summary>How far back people's corrections are looked at.</summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromDays(30);

    /// <summary>Looks at what people did since then and replaces the open proposals. What was open and is found again keeps its id.</summary>
    public async Task<IReadOnlyList<StoredProposal>> LookAsync(TimeSpan back, CancellationToken cancellationToken)
    {
        var (now, known, names) = (time.GetUtcNow(), catalog.Current, await NamesAsync(cancellationToken));
        await store.WriteAsync(session => session.Proposals.ReleaseForgotten(now), cancellationToken);
        var (lessons, decided) = await store.ReadAsync(
            session => (LessonReader.Since(session, now - back), Decided(session)),
            cancellationToken
        );
        var texts = files
            .All()
            .Where(file => file.Kind == OwnedKind.Playbook)
            .ToDictionary(file => file.Name, file => File.ReadAllText(file.Path).ReplaceLineEndings("\n"), StringComparer.Ordinal);
        var proposals = await Task.Run(() => Learner.Propose(new(lessons, known, texts, names, decided)), cancellationToken);
        var conversationOf = lessons.ToDictionary(lesson => lesson.Turn, lesson => lesson.Conversation, StringComparer.Ordinal);
        return await store.WriteAsync(session =>
        {
            // Meanwhile somebody may have decided, or a customer been forgotten.
            var since = Decided(session);
            var kept = proposals.Where(proposal => ProposalMemory.MayCome(proposal, since)
                && proposal.Cases.All(c => session.Conversations.Find(ConversationId.Parse(conversationOf[c.Turn])) is not null)).ToList();
            session.Proposals.Replace(Named(session, kept), conversationOf, now);
            return session.Proposals.Open();
        }, cancellationToken);
    }

    public Task<IReadOnlyList<StoredProposal>> OpenAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Proposals.Open(), cancellationToken);

    /// <summary>The texts before and after; null for a gap, or when the edit no longer fits the file.</summary>
    public async Task<ProposedText?> TextAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        if (proposal.Edit is null || files.Find(proposal.File) is not { } file)
        {
            return null;
        }

        var before = File.Exists(file.Path) ? (await File.ReadAllTextAsync(file.Path, cancellationToken)).ReplaceLineEndings("\n") : null;
        return proposal.Edit.Apply(before) is { } after ? new(file, before ?? "", after) : null;
    }

    /// <summary>Which past turns it would end differently: each decided again from its own record.</summary>
    public Task<TurnReplayReport> ReplayAsync(ProposedText text, TimeSpan back, CancellationToken cancellationToken)
    {
        var (before, since) = (catalog.Current, time.GetUtcNow() - back);
        var after = catalog.With(new PlaybookFile(text.File.Name, Encoding.UTF8.GetBytes(text.After))).Built;
        return store.ReadAsync(session => Replay.Effect(PastTurns.Since(session, since), before, after), cancellationToken);
    }

    /// <summary>Writes it as an edit like any other: a new version with who and when, spot-checked, in the audit log. Nobody else decides about it
    /// meanwhile.</summary>
    /// <param name="confirmed">Pinned conversations may end differently.</param>
    public async Task<LearnAnswer> TakeAsync(string id, string who, bool confirmed, CancellationToken cancellationToken)
    {
        // 1. Hold it.
        if (await FindAsync(id, cancellationToken) is not { Proposal: { } proposal }
            || !await store.WriteAsync(session => session.Proposals.Claim(id, who, time.GetUtcNow()), cancellationToken))
        {
            return new LearnAnswer.Gone();
        }

        // 2. Write the file. What cannot be taken waits again, whatever the hindrance was, and even when the host is stopping.
        LearnAnswer? answer = null;
        try
        {
            answer = await WriteAsync(proposal, who, confirmed, cancellationToken);
        }
        finally
        {
            if (answer is not LearnAnswer.Taken)
            {
                await store.WriteAsync(session => session.Proposals.Release(id, who), CancellationToken.None);
            }
        }

        // 3. It is taken.
        return answer is not LearnAnswer.Taken || await DecideAsync(id, ProposalState.Taken, who, null, CancellationToken.None, ProposalState.Taking)
            ? answer
            : new LearnAnswer.Gone();
    }

    private async Task<LearnAnswer> WriteAsync(Proposal proposal, string who, bool confirmed, CancellationToken cancellationToken)
    {
        if (await TextAsync(proposal, cancellationToken) is not { } text)
        {
            return new LearnAnswer.Hindered(
                proposal.Edit is null
                    ? "Nothing can be written for this one: nobody has answered it yet. Begin a playbook for it."
                    : $"It no longer fits {proposal.File}, which was edited since. The next look makes it anew."
            );
        }

        var opened = await desk.OpenAsync(text.File, who, cancellationToken);
        if (opened.Draft is { } draft && !draft.Says(text.After))
        {
            return new LearnAnswer.Hindered(Unsaved(text.File), text.File.Name);
        }

        return await desk.SaveAsync(text.File, opened.Version, text.After, who, confirmed, cancellationToken) switch
        {
            FileAnswer.Saved or FileAnswer.Unchanged => new LearnAnswer.Taken(text.File.Name),
            FileAnswer.Broken broken => new LearnAnswer.Hindered(
                $"Line {broken.Errors[0].Line}: {broken.Errors[0].Problem} {broken.Errors[0].Remedy}",
                text.File.Name
            ),
            FileAnswer.Confirm confirm => new LearnAnswer.Hindered(
                $"It would change {confirm.Pins.Count} pinned answer{(confirm.Pins.Count == 1 ? "" : "s")}. {confirm.Pins[0].InWords}",
                text.File.Name
            ),
            FileAnswer.Conflict => new LearnAnswer.Hindered("The file was edited elsewhere in the same moment. Try again.", text.File.Name),
            FileAnswer.Refused refused => new LearnAnswer.Hindered(refused.Why, text.File.Name),
            _ => throw new InvalidOperationException("An answer about a file is closed."),
        };
    }

    /// <summary>Puts it into the editor as this person's unsaved text, unless they have one of that file.</summary>
    public async Task<LearnAnswer> ChangeAsync(string id, string who, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { Proposal: { } proposal })
        {
            return new LearnAnswer.Gone();
        }

        if (await TextAsync(proposal, cancellationToken) is not { } text)
        {
            return new LearnAnswer.Hindered($"It no longer fits {proposal.File}, which was edited since.");
        }

        FileDraft wanted = new(text.File.Name, who, text.Before.Length == 0 ? null : text.Before, text.After, time.GetUtcNow());
        return await store.WriteAsync<LearnAnswer>(session =>
        {
            if (session.Files.Draft(text.File.Name, who) is { } draft && !draft.Says(text.After))
            {
                return new LearnAnswer.Hindered(Unsaved(text.File), text.File.Name);
            }

            if (!Decide(session, id, ProposalState.Changed, who, null, ProposalState.Open))
            {
                return new LearnAnswer.Gone();
            }

            session.Files.SetDraft(wanted);
            return new LearnAnswer.InTheEditor(text.File.Name);
        }, cancellationToken);
    }

    private static string Unsaved(OwnedFile file) =>
        $"You have a text of {file.Name} that is not saved yet, and it would be lost. Save it or give it up in the editor, then try again.";

    /// <summary>It does not come back unless twice as many conversations speak for it.</summary>
    public async Task<LearnAnswer> RefuseAsync(string id, string who, string? reason, CancellationToken cancellationToken) =>
        await DecideAsync(id, ProposalState.Refused, who, reason, cancellationToken) ? new LearnAnswer.Refused() : new LearnAnswer.Gone();

    private async Task<StoredProposal?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(session => session.Proposals.Find(id), cancellationToken) is { State: ProposalState.Open } open ? open : null;

    private Task<bool> DecideAsync(
        string id, ProposalState to, string who, string? reason, CancellationToken cancellationToken, ProposalState from = ProposalState.Open) =>
        store.WriteAsync(session => Decide(session, id, to, who, reason, from), cancellationToken);

    private bool Decide(UnitOfWork session, string id, ProposalState to, string who, string? reason, ProposalState from)
    {
        var now = time.GetUtcNow();
        var decided = session.Proposals.Decide(id, to, who, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), now, from);
        if (decided && session.Proposals.Find(id) is { } it)
        {
            session.Audit.Append(
                "learn",
                who,
                id,
                new
                {
                    Verb = to.ToString().ToLowerInvariant(),
                    Kind = it.Kind.ToString(),
                    it.Playbook,
                    it.Evidence,
                },
                now
            );
        }

        return decided;
    }

    private static IReadOnlyList<DecidedProposal> Decided(UnitOfWork session) =>
        [
            .. session
                .Proposals.Decided()
                .Select(it => new DecidedProposal(
                    it.Kind,
                    it.Playbook,
                    it.State == ProposalState.Refused,
                    it.Evidence,
                    session.Proposals.CasesOf(it.Id).Keys.ToHashSet(StringComparer.Ordinal)
                )),
        ];

    /// <summary>An open proposal that is found again, with more cases perhaps, is the same.</summary>
    private static List<(string Id, Proposal It)> Named(UnitOfWork session, List<Proposal> proposals)
    {
        var open = session
            .Proposals.Open()
            .Select(it => (it.Id, it.Kind, Turns: session.Proposals.CasesOf(it.Id).Keys.ToHashSet(StringComparer.Ordinal)))
            .ToList();
        var used = session.Proposals.Decided().Select(it => it.Id).ToHashSet(StringComparer.Ordinal);
        List<(string, Proposal)> named = [];
        foreach (var proposal in proposals)
        {
            var turns = proposal.Cases.Select(c => c.Turn).ToHashSet(StringComparer.Ordinal);
            var known = open.Where(it => ProposalMemory.AreTheSame(proposal.Kind, turns, it.Kind, it.Turns))
                .Select(it => it.Id)
                .Append(proposal.NewId());
            var id = known
                .Concat(Enumerable.Range(2, proposals.Count + used.Count + 1).Select(i => $"{proposal.NewId()}-{i}"))
                .First(used.Add);
            named.Add((id, proposal));
        }

        return named;
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await shop.RecentOrdersAsync(cancellationToken)).Select(order => order.BuyerName).OfType<string>().Distinct()];
        }
        catch (ShopUnavailableException)
        {
            // What a conversation itself tells of its customer is masked all the same.
            return [];
        }
    }
}
