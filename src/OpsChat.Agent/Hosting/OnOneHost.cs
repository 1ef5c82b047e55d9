using Microsoft.Extensions.Hosting;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// A service that runs on one host at a time. It starts when this host is the one that has been at work the longest (<see cref="IStore.Leads"/>),
/// and runs until the host ends; an embedded store has one host, where it starts like any other.
/// </summary>
public sealed class OnOneHost<T>(T service, IStore store) : IHostedService, IDisposable
    where T : class, IHostedService
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _starting = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var leading = store.UntilLeadingAsync(_stopping.Token);
        if (leading.IsCompleted)
        {
            await service.StartAsync(cancellationToken);
        }
        else
        {
            _starting = StartAfterAsync(leading);
        }
    }

    private async Task StartAfterAsync(Task leading)
    {
        await leading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_stopping.IsCancellationRequested)
        {
            await service.StartAsync(_stopping.Token);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await service.StopAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();
}
