using OpsChat.Canary;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Does what the rollout's decisions say: changes the percentage, or asks the owner.</summary>
sealed class RolloutActs(IStore store, CanaryConfigFile file, CurrentPlaybooks knowledge, TimeProvider time)
{
    private const int ConversationsInANotice = 5;

    private readonly RolloutDesk _desk = new(store, file, knowledge, time, RolloutDesk.ByEvidence);

    /// <summary>What a decision asks for; one that holds asks for nothing.</summary>
    public Task DoAsync(EvidenceReading reading, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (subject, decision) = (reading.Subject, Rollout.Decide(reading.View));
        return decision switch
        {
            RolloutDecision.RollBack => RollBackAsync(subject, decision, now, cancellationToken),
            RolloutDecision.Promote => _desk.WriteAsync(
                subject.Playbook,
                config => Rollout.Apply(config, subject.Playbook, decision)!,
                RolloutStep.Promoted,
                decision.Why,
                decision.Why,
                cancellationToken
            ),
            RolloutDecision.AskPromote or RolloutDecision.AskRollBack => AskAsync(reading, decision, now, cancellationToken),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Out at once. When the file cannot be written, a pause protects the customers instead.</summary>
    private async Task RollBackAsync(
        EvidenceSubject subject,
        RolloutDecision decision,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var wrong = await store.ReadAsync(session => session.Outcomes.Wrong(subject, ConversationsInANotice), cancellationToken);
        var notice = RolloutText.RolledBack(decision, subject.Playbook, wrong);
        CanaryChange change;
        var tries = 0;
        do
        {
            change = await _desk.WriteAsync(
                subject.Playbook,
                config => Rollout.Apply(config, subject.Playbook, decision)!,
                RolloutStep.RolledBack,
                decision.Why,
                notice,
                cancellationToken
            );
        }
        // An edit by hand came in between: the rollback goes on top of it.
        while (change is CanaryChange.Conflict { OnDisk: not null } && ++tries < 3);
        if (change is not CanaryChange.Written)
        {
            var findings = change switch
            {
                CanaryChange.Refused refused => refused.Findings,
                CanaryChange.Conflict conflict => conflict.Findings,
                _ => [],
            };
            var instead =
                $"canary.config.json could not be written, so the agent is paused instead. "
                    + $"{string.Concat(findings.Select(f => $"{f.Problem} "))}Mend the file, then resume.";
            await store.WriteAsync(
                session =>
                {
                    RolloutRecord.Paused(session, RolloutDesk.ByEvidence, $"{decision.Why} {instead}", now);
                    session.Notices.Add("canary", $"{notice} {instead}", now);
                },
                cancellationToken
            );
        }
    }

    /// <summary>A question is put once for each version, stage and answer that it seeks.</summary>
    private async Task AskAsync(EvidenceReading reading, RolloutDecision decision, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (asks, to) = decision is RolloutDecision.AskPromote promote ? (RolloutAsk.Promote, promote.To) : (RolloutAsk.RollBack, 0m);
        var (playbook, view) = (reading.Subject.Playbook, reading.View);
        var question = new RolloutQuestion(
            Ids.New('q', now),
            playbook,
            playbook is null ? "" : reading.Subject.Version,
            asks,
            view.Percentage,
            to,
            view.State.Since,
            decision.Why,
            now
        );
        if (!await store.ReadAsync(session => session.RolloutQuestions.WasAsked(question), cancellationToken))
        {
            await store.WriteAsync(session => session.RolloutQuestions.Ask(question), cancellationToken);
        }
    }

    /// <summary>Takes back the questions that the world has overtaken.</summary>
    public async Task WithdrawAsync(PlaybookSnapshot known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var config = file.Current.Config;
        var overtaken = await store.ReadAsync(
            session =>
                session
                    .RolloutQuestions.Open()
                    .Select(q => (q.Id, Why: RolloutDesk.Overtaken(session, q, known, config, now)))
                    .Where(q => q.Why is not null)
                    .ToList(),
            cancellationToken
        );
        foreach (var (id, why) in overtaken)
        {
            await store.WriteAsync(
                session => session.RolloutQuestions.Close(id, $"Withdrawn: {why}", RolloutDesk.ByEvidence, now),
                cancellationToken
            );
        }
    }
}
