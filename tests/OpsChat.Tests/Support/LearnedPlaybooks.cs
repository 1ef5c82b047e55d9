using System.Collections.Concurrent;
using OpsChat.Agent;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Support;

/// <summary>Learning is the slow part of opening a shop, and the same files always teach the same: each set is learned once in a run.</summary>
static class LearnedPlaybooks
{
    private static readonly ConcurrentDictionary<string, Lazy<PlaybookSnapshot>> s_learned = new();
    private static readonly Lazy<PlaybookSnapshot> s_shipped = new(() => Of(PlaybookFolder.Load(Repository.Playbooks)));
    private static readonly Lazy<PlaybookSnapshot> s_withEncoder = new(() =>
        PlaybookSnapshot.From(PlaybookFolder.Load(Repository.Playbooks), SharedEncoder.Remembering)
    );

    /// <summary>The files that come with OpsChat, learned by words and letters alone.</summary>
    public static PlaybookSnapshot Shipped => s_shipped.Value;

    /// <summary>The same with the sentence encoder.</summary>
    public static PlaybookSnapshot ShippedWithEncoder => s_withEncoder.Value;

    /// <summary>As <see cref="PlaybookSnapshot.From(PlaybookSet)"/> makes it.</summary>
    public static PlaybookSnapshot Of(PlaybookSet set) =>
        s_learned.GetOrAdd(set.Fingerprint, _ => new(() => PlaybookSnapshot.From(set))).Value with
        {
            Playbooks = set,
        };
}
