using System.Text;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Playbooks;
using OpsChat.Storage;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>What a customer would read of one text of a playbook.</summary>
/// <param name="Of"><c>Standard reply</c>, or the rule's condition.</param>
/// <param name="Language">Tag of the text's language.</param>
/// <param name="Text">With the facts in their places; null when some are missing.</param>
/// <param name="Missing">Facts that the order does not have.</param>
/// <param name="Holds">Whether the rule's condition holds for the order; null for the standard reply and for prose.</param>
public sealed record TextPreview(string Of, string Language, string? Text, IReadOnlyList<string> Missing, bool? Holds);

/// <summary>Tries a text of the owner's before it is saved: tests, previews and last week's turns. Sends and stores nothing.</summary>
public sealed class DraftDesk(PlaybookCatalog<PlaybookSnapshot> catalog, IShop shop, IStore store, TimeProvider time)
{
    /// <summary>How far back an edit is tried.</summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromDays(7);

    /// <summary>The playbooks in force with this text in place of the file's.</summary>
    public PlaybookSnapshot With(OwnedFile file, string text) => catalog.With(new PlaybookFile(file.Name, Encoding.UTF8.GetBytes(text))).Built;

    /// <summary>The file's own tests; none for a file that is no playbook.</summary>
    public async Task<IReadOnlyList<PlaybookTestResult>> TestsAsync(OwnedFile file, string text, CancellationToken cancellationToken)
    {
        var known = With(file, text);
        return known.Playbooks.Find(Path.GetFileNameWithoutExtension(file.Name)) is { Tests.Count: > 0 } playbook
            ? await PlaybookTestRun.RunAsync(known, playbook, new ShopOnlyLookups(shop, known, time), time, cancellationToken)
            : [];
    }

    /// <summary>New examples that another playbook answers today.</summary>
    public IReadOnlyList<Finding> TakenExamples(OwnedFile file, string text) =>
        file.Kind == OwnedKind.Playbook && Parsed(file, text) is { } playbook ? Agent.TakenExamples.In(playbook, text, catalog.Current) : [];

    /// <summary>Orders of the shop whose facts a text can be shown with, one for each state they are in.</summary>
    public async Task<IReadOnlyList<Order>> SampleOrdersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await shop.RecentOrdersAsync(cancellationToken)).DistinctBy(order => order.Status)];
        }
        catch (ShopUnavailableException)
        {
            return [];
        }
    }

    /// <summary>Each text as a customer would read it, with the facts of that order; null when the text is no playbook that can be read.</summary>
    /// <param name="order">Its number; null or unknown: the shop's own facts alone.</param>
    public async Task<IReadOnlyList<TextPreview>?> PreviewsAsync(OwnedFile file, string text, string? order, CancellationToken cancellationToken)
    {
        var (current, now) = (catalog.Current, time.GetUtcNow());
        if (file.Kind != OwnedKind.Playbook || Parsed(file, text) is not { } playbook)
        {
            return null;
        }

        var gatherer = new FactGatherer(shop, time, (_, _) => Task.FromResult(0));
        var facts = order is null ? [] : await gatherer.OfKnownOrderAsync(order, current.Policy, cancellationToken);
        return
        [
            .. Shown("Standard reply", playbook.StandardReply, null),
            .. playbook
                .Rules.Where(rule => rule.Action != RuleAction.HandOff)
                .SelectMany(rule =>
                    Shown(
                        rule.Condition.Shown,
                        rule.Reply,
                        rule.Condition.ProsePhrases.Any() ? null : rule.Condition.Evaluate(new FactSet(facts), _ => Truth.No) == Truth.Yes
                    )
                ),
        ];

        IEnumerable<TextPreview> Shown(string of, ReplyText reply, bool? holds) =>
            reply
                .ByLanguage.Select(variant => (Language: variant.Key, Text: variant.Value))
                .Prepend((Language: reply.DefaultLanguage, Text: reply.Default))
                .Select(variant =>
                    variant.Text.Render(new FactSet([.. facts, .. current.Shop.Facts(now, variant.Language)]), variant.Language) switch
                    {
                        TextResult.Rendered rendered => new TextPreview(of, variant.Language, rendered.Text, [], holds),
                        TextResult.Missing missing => new TextPreview(of, variant.Language, null, missing.Names, holds),
                        _ => throw new InvalidOperationException("A text's result is closed."),
                    }
                );
    }

    /// <summary>Which of last week's turns the edit would end differently.</summary>
    public Task<TurnReplayReport> EffectAsync(OwnedFile file, string text, CancellationToken cancellationToken)
    {
        var (before, after, since) = (catalog.Current, With(file, text), time.GetUtcNow() - LooksBack);
        return store.ReadAsync(session => Replay.Effect(PastTurns.Since(session, since), before, after), cancellationToken);
    }

    private Playbook? Parsed(OwnedFile file, string text) =>
        PlaybookParser.Parse(file.Name, Encoding.UTF8.GetBytes(text), catalog.Current.Shop.Vocabulary).Playbook;
}
