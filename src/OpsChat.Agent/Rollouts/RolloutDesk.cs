using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Text;
using System.Globalization;

namespace OpsChat.Agent;

/// <summary>What came of a wish to change the rollout.</summary>
/// <param name="IsDone">False when nothing was changed.</param>
/// <param name="Sentence">For the person who wished it.</param>
public sealed record RolloutAnswer(bool IsDone, string Sentence)
{
    public static RolloutAnswer Done(string sentence) => new(true, sentence);

    public static RolloutAnswer Refused(string sentence) => new(false, sentence);
}

/// <summary>Where the rollout is changed, by command, console, chat or evidence.</summary>
/// <param name="who">The name that the audit log gets.</param>
public sealed class RolloutDesk(IStore store, CanaryConfigFile file, CurrentPlaybooks knowledge, TimeProvider time, string who)
{
    /// <summary>Who changes it where no person does.</summary>
    public const string ByEvidence = "rollout";

    private readonly ConfigEdits _edits = new(store, file, knowledge, time);

    /// <summary>Brings file and record together before the first message comes: where hosts share the store, this one's file may be older.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => _edits.RecordAsync(cancellationToken);

    /// <summary>What is in force, with the advice on each playbook; lines for people.</summary>
    /// <param name="each">Also where the same is to be said of several.</param>
    /// <param name="tellsEach">What the reader may do to see each by itself; null says nothing of it.</param>
    public async Task<string> StatusAsync(CancellationToken cancellationToken, bool each = false, string? tellsEach = null)
    {
        await LookAsync(cancellationToken);
        var known = knowledge();
        var config = file.Current.Config.InForce(known.FullyAutonomous);
        var (subjects, questions, paused) = await store.ReadAsync(
            session =>
                (
                    ReportReader.Subjects(session, known, config, time.GetUtcNow()).ToList(),
                    session.RolloutQuestions.Open(),
                    session.Settings.Get(SettingNames.Paused)
                ),
            cancellationToken
        );
        return RolloutText.Status(config, ConfigEdits.Troubles(file), subjects, questions, paused, each, tellsEach);
    }

    public Task<RolloutAnswer> SetAsync(string? playbook, decimal percentage, CancellationToken cancellationToken) =>
        ChangeAsync(playbook, percentage, RolloutStep.SetByOwner, $"{who} set {Name(playbook)} to {Percent(percentage)}.", cancellationToken);

    public async Task<RolloutAnswer> PromoteAsync(string? playbook, CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        var config = file.Current.Config;
        var next = config.StagesOf(playbook).Where(s => s > config.PercentageOf(playbook)).Select(s => (decimal?)s).FirstOrDefault();
        return next is { } stage
            ? await ChangeAsync(playbook, stage, RolloutStep.Promoted, $"{who} took {Name(playbook)} to {Percent(stage)}.", cancellationToken)
            : RolloutAnswer.Refused(
                $"Nothing was changed: {Whose(playbook)} at the last stage already ({Percent(config.PercentageOf(playbook))})."
            );
    }

    public Task<RolloutAnswer> RollBackAsync(string? playbook, CancellationToken cancellationToken, string? why = null) =>
        ChangeAsync(playbook, 0, RolloutStep.RolledBack, why ?? $"{who} rolled {Name(playbook)} back to 0 %.", cancellationToken);

    /// <summary>
    /// The way back after a rollback: a playbook, or everything when null, begins anew at its first stage. What was wrong before stays in the
    /// report, and is no longer held against it.
    /// </summary>
    public async Task<RolloutAnswer> ResetAsync(string? playbook, CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        var (known, config) = (knowledge(), file.Current.Config);
        var step = await store.ReadAsync(
            session => new EvidenceReader(session, known, config, time.GetUtcNow()).StateOf(playbook).Step,
            cancellationToken
        );
        if (step != RolloutStep.RolledBack && config.PercentageOf(playbook) > 0)
        {
            return RolloutAnswer.Refused($"Nothing was changed: {Whose(playbook)} not rolled back, and at {Percent(config.PercentageOf(playbook))}.");
        }

        var first = config.StagesOf(playbook)[0];
        return await ChangeAsync(
            playbook,
            first,
            RolloutStep.BegunAnew,
            $"{who} let {Name(playbook)} begin anew at {Percent(first)}. What was wrong before no longer counts against it.",
            cancellationToken
        );
    }

    /// <summary>At the file, and where hosts share the store at what another one changed.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (file.Synced is null)
        {
            file.Reload();
        }
        else
        {
            await _edits.RecordAsync(cancellationToken);
        }
    }

    public async Task<RolloutAnswer> PauseAsync(string why, CancellationToken cancellationToken)
    {
        await store.WriteAsync(session => RolloutRecord.Paused(session, who, why, time.GetUtcNow()), cancellationToken);
        return RolloutAnswer.Done("Paused. Every message goes to a person until you resume.");
    }

    public async Task<RolloutAnswer> ResumeAsync(CancellationToken cancellationToken)
    {
        var wasPaused = await store.WriteAsync(session =>
        {
            var isPaused = session.Settings.Get(SettingNames.Paused) is not null;
            if (isPaused)
            {
                RolloutRecord.Resumed(session, who, time.GetUtcNow());
            }

            return isPaused;
        }, cancellationToken);
        var percentage = Percent(file.Current.Config.Percentage);
        return wasPaused
            ? RolloutAnswer.Done($"Resumed at {percentage}.")
            : RolloutAnswer.Refused($"Nothing was changed: the agent is not paused; it answers {percentage} of customers.");
    }

    /// <summary>The owner's yes to a question. It counts only while what was asked still holds: percentage, version, stage, and for a promotion
    /// the evidence.</summary>
    public async Task<RolloutAnswer> SayYesAsync(string questionId, CancellationToken cancellationToken)
    {
        // A yes that was carried out but could not be recorded is recorded first: it comes again, and is not overtaken by itself.
        await _edits.RecordAsync(cancellationToken);
        var (known, config) = (knowledge(), file.Current.Config);
        var (question, overtaken, refusal) = await store.ReadAsync(
            session =>
                session.RolloutQuestions.Find(questionId) is { } found
                    ? (found, Overtaken(session, found, known, config, time.GetUtcNow()), Refusal(session, found, known, config))
                    : default,
            cancellationToken
        );
        if (question is null)
        {
            return RolloutAnswer.Refused("There is no such question.");
        }

        if (question.Answer is { } already)
        {
            return RolloutAnswer.Refused(already);
        }

        if (overtaken is not null)
        {
            var late = $"Nothing was changed: {overtaken}";
            await store.WriteAsync(session => session.RolloutQuestions.Close(question.Id, late, who, time.GetUtcNow()), cancellationToken);
            return RolloutAnswer.Refused(late);
        }

        return refusal is not null ? RolloutAnswer.Refused($"Nothing was changed: {refusal}") : await DoAsync(question, cancellationToken);
    }

    /// <summary>The owner's no: nothing changes, and the same is not asked again at this stage.</summary>
    public async Task<RolloutAnswer> SayNoAsync(string questionId, CancellationToken cancellationToken)
    {
        var isFirst = await store.WriteAsync(session =>
        {
            var (now, question) = (time.GetUtcNow(), session.RolloutQuestions.Find(questionId));
            var closed = session.RolloutQuestions.Close(questionId, $"{who} said no.", who, now);
            if (closed)
            {
                session.Audit.Append("canary", who, question!.Playbook ?? "all", new { Verb = "no", question.Asks, question.To, question.Why }, now);
            }

            return closed;
        }, cancellationToken);
        return isFirst
            ? RolloutAnswer.Done("Noted. Nothing is changed, and it is not asked again at this stage.")
            : RolloutAnswer.Refused(
                await store.ReadAsync(session => session.RolloutQuestions.Find(questionId)?.Answer, cancellationToken)
                    ?? "There is no such question."
            );
    }

    private Task<RolloutAnswer> DoAsync(RolloutQuestion question, CancellationToken cancellationToken)
    {
        var (step, why) = question.Asks switch
        {
            RolloutAsk.Promote => (RolloutStep.Promoted, $"{who} took {Name(question.Playbook)} to {Percent(question.To)}."),
            RolloutAsk.RollBack => (RolloutStep.RolledBack, $"{who} rolled {Name(question.Playbook)} back to 0 %."),
            _ => (RolloutStep.SetByOwner, $"{who} let {Name(question.Playbook)} start small, at {Percent(question.To)}."),
        };
        return ChangeAsync(question.Playbook, question.To, step, why, cancellationToken, question.Id);
    }

    internal static string? Overtaken(UnitOfWork session, RolloutQuestion question, PlaybookSnapshot known, CanaryConfig config, DateTimeOffset now)
    {
        var since = new EvidenceReader(session, known, config.InForce(known.FullyAutonomous), now).StateOf(question.Playbook).Since;
        return question.Overtaken(config, since, VersionOf(known, question.Playbook));
    }

    /// <summary>Why it should not be done now, though it may be later; null when nothing speaks against it. To be more careful is always
    /// allowed.</summary>
    private string? Refusal(UnitOfWork session, RolloutQuestion question, PlaybookSnapshot known, CanaryConfig config)
    {
        if (question.Asks != RolloutAsk.Promote)
        {
            return null;
        }

        var decision = ReportReader
            .Subjects(session, known, config.InForce(known.FullyAutonomous), time.GetUtcNow())
            .FirstOrDefault(s => s.Playbook == question.Playbook)
            ?.Decision;
        return decision is RolloutDecision.AskPromote or RolloutDecision.Promote
            ? null
            : $"the evidence says something else now. {decision?.Why}".TrimEnd();
    }

    private async Task<RolloutAnswer> ChangeAsync(
        string? playbook,
        decimal percentage,
        RolloutStep step,
        string why,
        CancellationToken cancellationToken,
        string? question = null
    )
    {
        if (playbook is not (null or ModelStratum.Name) && knowledge().Playbooks.Find(playbook) is null)
        {
            return RolloutAnswer.Refused(
                $"There is no playbook {playbook}. "
                    + NearNames.Remedy(
                        playbook,
                        knowledge().Playbooks.Playbooks.Select(p => p.Issue),
                        "Look at the names in the playbooks folder."
                    )
            );
        }

        return await WriteAsync(playbook, config => Wanted(config, playbook, percentage, step), step, why, null, cancellationToken, question) switch
        {
            CanaryChange.Written => RolloutAnswer.Done(why + await WarningAsync(playbook, percentage, cancellationToken)),
            CanaryChange.Conflict conflict => RolloutAnswer.Refused(
                $"Nothing was changed: canary.config.json was edited meanwhile{(conflict.OnDisk is null ? " and cannot be read" : "")}. "
                    + string.Join("", conflict.Findings.Select(f => $"{f} "))
                    + "Look at it, then try again."
            ),
            CanaryChange.Refused refused => RolloutAnswer.Refused(
                $"Nothing was changed: {string.Join(" ", refused.Findings.Select(f => $"{f.Problem} {f.Remedy}"))}"
            ),
            _ => throw new InvalidOperationException("CanaryChange is closed."),
        };
    }

    /// <summary>The owner's word does not wipe evidence away: who lets in again what was rolled back is told that it will not stay.</summary>
    private async Task<string> WarningAsync(string? playbook, decimal percentage, CancellationToken cancellationToken)
    {
        if (percentage == 0)
        {
            return "";
        }

        var known = knowledge();
        var config = file.Current.Config.InForce(known.FullyAutonomous);
        var decision = await store.ReadAsync(
            session =>
                ReportReader.Subjects(session, known, config, time.GetUtcNow()).FirstOrDefault(s => s.Playbook == playbook)?.Decision,
            cancellationToken
        );
        return decision is RolloutDecision.RollBack
            ? $" The evidence still speaks against it, so it will be rolled back again at once: mend the playbook, or let it begin anew "
                + $"with `canary reset{(playbook is null ? "" : $" {playbook}")}`. {decision.Advice}"
            : "";
    }

    /// <summary>A change is written only on top of the file that was looked at. The store has it before the file, so that it is known for what it
    /// is when its record fails.</summary>
    /// <param name="notice">For the owner, when the change is not the owner's own.</param>
    /// <param name="question">The id of the question that this is the yes to.</param>
    /// <exception cref="StoreException">Nothing was changed; or the file was, and the next look at it records the change.</exception>
    internal async Task<CanaryChange> WriteAsync(
        string? playbook,
        Func<CanaryConfig, CanaryConfig> wanted,
        RolloutStep step,
        string why,
        string? notice,
        CancellationToken cancellationToken,
        string? question = null
    )
    {
        // 0. Where hosts share the store, what another one changed comes first.
        if (file.Synced is not { } synced)
        {
            return await WriteAsync(playbook, wanted, step, why, notice, question, null, cancellationToken);
        }

        await _edits.RecordAsync(cancellationToken);
        await synced.Rollout.WaitAsync(cancellationToken);
        try
        {
            return await WriteAsync(playbook, wanted, step, why, notice, question, synced, cancellationToken);
        }
        finally
        {
            synced.Rollout.Release();
        }
    }

    private async Task<CanaryChange> WriteAsync(
        string? playbook,
        Func<CanaryConfig, CanaryConfig> wanted,
        RolloutStep step,
        string why,
        string? notice,
        string? question,
        SyncedFiles? synced,
        CancellationToken cancellationToken
    )
    {
        file.Reload();
        if (file.Findings is { Count: > 0 } findings)
        {
            return new CanaryChange.Conflict(null, findings);
        }

        // 1. Intend, on top of what the file says.
        var before = file.Current;
        var after = wanted(before.Config);
        var known = knowledge();
        var version = VersionOf(known, playbook);
        var change = new RolloutChange(time.GetUtcNow(), playbook, version, step, after.PercentageOf(playbook), who, why);
        var intended = new IntendedChange(change, RolloutRecord.TextOf(after), notice, question);
        var isFirst = await store.WriteAsync(session =>
        {
            if (synced is not null && RolloutRecord.Last(session) is { } other && other != before.Config)
            {
                return false;
            }

            RolloutRecord.Follow(session, file.Current.Config, known, change.At);
            RolloutRecord.Intend(session, intended);
            return true;
        }, cancellationToken);
        if (!isFirst)
        {
            return new CanaryChange.Conflict(before, []);
        }

        // 2. Write the file.
        var result = file.Change(before.Fingerprint, after);

        // 3. Record it, even when the host is stopping.
        Action<UnitOfWork, IntendedChange> end = result is CanaryChange.Written ? RolloutRecord.Complete : RolloutRecord.Withdraw;
        var recorded = await store.WriteAsync(
            session =>
            {
                end(session, intended);
                return RolloutRecord.Last(session);
            },
            CancellationToken.None
        );
        if (synced is null || result is not CanaryChange.Written)
        {
            return result;
        }

        if (recorded == after)
        {
            ConfigEdits.Agree(synced, after);
            return result;
        }

        // Another host was faster.
        await _edits.PullAsync(synced, CancellationToken.None);
        return new CanaryChange.Conflict(file.Current, []);
    }

    private static CanaryConfig Wanted(CanaryConfig config, string? playbook, decimal percentage, RolloutStep step) =>
        step == RolloutStep.BegunAnew ? Rollout.BeginAnew(config, playbook)
        : playbook is null && step == RolloutStep.RolledBack ? config.WithEveryoneOut()
        : config.With(playbook, percentage);

    private static string VersionOf(PlaybookSnapshot known, string? playbook) =>
        playbook is null ? "" : playbook == ModelStratum.Name ? ModelStratum.Version : known.Playbooks.Find(playbook)?.Version ?? "";

    private static string Name(string? playbook) => playbook ?? "all playbooks";

    private static string Whose(string? playbook) => playbook is null ? "all playbooks are" : $"{playbook} is";

    private static string Percent(decimal percentage) => $"{percentage.ToString("0.##", CultureInfo.InvariantCulture)} %";
}
