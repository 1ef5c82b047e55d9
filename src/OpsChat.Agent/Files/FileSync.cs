using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>What is to be done about one of the owner's files on one host.</summary>
public enum SyncStep
{
    None,

    /// <summary>Both say the same; the host notes that they do.</summary>
    Agree,

    /// <summary>The host's file goes to all hosts.</summary>
    Push,

    /// <summary>The host's file becomes what all hosts have.</summary>
    Pull,

    /// <summary>The file was edited here and elsewhere: a person chooses.</summary>
    Conflict,
}

/// <summary>What a host's file and the store said when they last said the same.</summary>
/// <param name="Version">The store's.</param>
/// <param name="Digest">Null when the file was not there.</param>
public sealed record SyncedFile(long Version, string? Digest);

/// <summary>Decides between a host's own file and what all hosts have.</summary>
public static class FileSync
{
    /// <param name="local">Digest of the host's file; null when it is not there.</param>
    /// <param name="synced">Null when this host never had it together with the store.</param>
    /// <param name="store">Null when the store never had it: a first host seeds the store.</param>
    /// <param name="wasShared">What the host's file says was once what all hosts had.</param>
    public static SyncStep Decide(string? local, SyncedFile? synced, SharedHead? store, bool wasShared)
    {
        if (store is null)
        {
            return local is null ? SyncStep.None : SyncStep.Push;
        }

        if (local == store.Digest)
        {
            return synced == new SyncedFile(store.Version, store.Digest) ? SyncStep.None : SyncStep.Agree;
        }

        // A store that was set back to an older backup takes what its hosts have.
        if (synced is not null && store.Version < synced.Version)
        {
            return SyncStep.Push;
        }

        var isMoved = synced is null ? !wasShared : local != synced.Digest;
        var isStoreMoved = synced is null || synced.Digest != store.Digest;
        // What is deleted on one side and edited on the other stays as it was edited: nothing is lost by that.
        return !isMoved || (isStoreMoved && local is null) ? SyncStep.Pull
            : !isStoreMoved || store.Digest is null ? SyncStep.Push
            : SyncStep.Conflict;
    }
}
