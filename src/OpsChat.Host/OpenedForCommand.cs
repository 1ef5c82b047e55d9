using OpsChat.Agent;

namespace OpsChat.Host;

/// <summary>What a command works with.</summary>
/// <param name="stored">The files that all hosts have; null where no others do, and they lie in the shop's own folders.</param>
sealed class OpenedForCommand(OpenedShop shop, OwnedFiles files, StoredFiles? stored) : IAsyncDisposable
{
    public OpenedShop Shop => shop;
    public OwnedFiles Files => files;

    /// <summary>Through which a save reaches the hosts; null where no others have the files.</summary>
    public FileExchange? Exchange => stored?.Exchange;

    public async ValueTask DisposeAsync()
    {
        await shop.Store.DisposeAsync();
        stored?.Dispose();
    }
}
