using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Canary;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// The owner's files as all hosts have them, in a folder of their own: for a command, which works on the store beside the hosts. It neither takes
/// what lies in the folders where it was started nor writes there; what it saves goes into the store, and from there into every host's folder.
/// </summary>
public sealed class StoredFiles : IDisposable
{
    private readonly string _folder;

    private StoredFiles(string folder, OwnedFiles files, SyncedFiles synced, FileExchange exchange) =>
        (_folder, Files, Synced, Exchange) = (folder, files, synced, exchange);

    public OwnedFiles Files { get; }
    public SyncedFiles Synced { get; }
    public FileExchange Exchange { get; }

    /// <param name="host">By which people know where the command runs.</param>
    /// <returns>Null while no host has put its files into the store.</returns>
    public static async Task<StoredFiles?> LayAsync(IStore store, string host, TimeProvider time, CancellationToken cancellationToken)
    {
        var (rollout, id, isFilled) = await store.ReadAsync(
            session => (RolloutRecord.Last(session), session.Settings.Get(SettingNames.StoreId), session.SharedFiles.Heads().Count > 0),
            cancellationToken
        );
        if (rollout is null || !isFilled)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("opschat-files-").FullName;
        var files = new OwnedFiles(
            Directory.CreateDirectory(Path.Combine(folder, "playbooks")).FullName,
            Path.Combine(folder, "prompts"),
            Path.Combine(folder, OwnedFiles.CanaryName),
            Path.Combine(folder, OwnedFiles.OperationsName)
        );
        var synced = SyncedFiles.Open(folder, id ?? "", files);
        var laid = new StoredFiles(folder, files, synced, new FileExchange(files, synced, store, host, time, NullLogger.Instance));
        try
        {
            await File.WriteAllBytesAsync(files.Canary, CanaryConfigText.Write(rollout), cancellationToken);
            ConfigEdits.Agree(synced, rollout);
            await laid.Exchange.LookAsync(cancellationToken);
            return laid;
        }
        catch
        {
            laid.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Exchange.Dispose();
        Synced.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
