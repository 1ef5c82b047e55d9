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
/// <param name="Written">When the file was written that said so; null when it was not there.</param>
public sealed record SyncedFile(long Version, string? Digest, DateTime? Written = null);

/// <summary>What a host has of a file.</summary>
/// <param name="Digest">Null when it is not there.</param>
/// <param name="Synced">Null when this host never had it together with the store.</param>
/// <param name="WasShared">What it says was once what all hosts had, and nobody has written it since.</param>
/// <param name="IsNewcomers">The host has joined others, and was never in step with them: what it has is perhaps what came with it.</param>
/// <param name="MayBeDeleted">False for settings: without their file a host goes by something else than the others do.</param>
public sealed record HostsFile(string? Digest, SyncedFile? Synced, bool WasShared = false, bool IsNewcomers = false, bool MayBeDeleted = true);

/// <summary>Decides between a host's own file and what all hosts have.</summary>
public static class FileSync
{
    /// <param name="store">Null when the store never had it: a first host seeds the store.</param>
    public static SyncStep Decide(HostsFile here, SharedHead? store)
    {
        var (local, synced) = (here.Digest, here.WasShared ? null : here.Synced);
        if (store is null)
        {
            return local is null ? SyncStep.None
                : !here.IsNewcomers ? SyncStep.Push
                : here.WasShared ? SyncStep.Pull
                : SyncStep.Conflict;
        }

        if (local == store.Digest)
        {
            return here.Synced is { } agreed && agreed.Version == store.Version && agreed.Digest == store.Digest ? SyncStep.None : SyncStep.Agree;
        }

        if (local is null && !here.MayBeDeleted)
        {
            return SyncStep.Pull;
        }

        // A store that was set back to an older backup takes what its hosts have.
        if (synced is not null && store.Version < synced.Version)
        {
            return SyncStep.Push;
        }

        var isMoved = synced is null ? !here.WasShared : local != synced.Digest;
        var isStoreMoved = synced is null || synced.Digest != store.Digest;
        // What is deleted on one side and edited on the other stays as it was edited: nothing is lost by that. What a newcomer has is no edit.
        return !isMoved || (isStoreMoved && local is null) ? SyncStep.Pull
            : !isStoreMoved || (store.Digest is null && !here.IsNewcomers) ? SyncStep.Push
            : SyncStep.Conflict;
    }
}
