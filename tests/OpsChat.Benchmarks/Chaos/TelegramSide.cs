using OpsChat.Testing.Telegram;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>Everything that stands on the Telegram side of a run: the server, its customers, and an approver in the owners' group.</summary>
sealed class TelegramSide : IAsyncDisposable
{
    private const long ApproverId = 900_001;
    private const string Send = "sendMessage";
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(4), s_aimFor = TimeSpan.FromSeconds(3), s_look = TimeSpan.FromMilliseconds(10);

    private readonly TelegramServer _server;
    private readonly OwnerGroup _group;

    private TelegramSide(TelegramServer server, ChaosPlan plan)
    {
        _server = server;
        _group = server.OwnerGroup();
        Customers = new(server, plan.TelegramCustomers, plan.Seed);
        Owner = new(_group, _group.Owner(ApproverId, "Mei"), plan.Seed);
    }

    public TelegramCustomers Customers { get; }
    public TelegramOwner Owner { get; }

    /// <summary>Updates that no host has fetched and confirmed.</summary>
    public int Unfetched => _server.Updates.PendingCount;

    /// <summary>The settings with which a host works here.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OpsChat__Telegram__Token"] = _server.Token,
        ["OpsChat__Telegram__ApiBase"] = _server.BaseAddress.ToString(),
        ["OpsChat__Telegram__PollTimeout"] = "00:00:01",
        ["OpsChat__Telegram__OwnerChat"] = $"{_group.Id}",
        ["OpsChat__Approvals__Approvers__0__Name"] = "Mei",
        ["OpsChat__Approvals__Approvers__0__TelegramId"] = $"{ApproverId}",
    };

    public static async Task<TelegramSide> StartAsync(ChaosPlan plan) => new(await TelegramServer.StartAsync(new()), plan);

    /// <summary>
    /// Returns at an instant between Telegram's acceptance of a message and the host's record of it: the answer to the next one is held back.
    /// False when nothing was sent for a while.
    /// </summary>
    public async Task<bool> BetweenAcceptanceAndRecordAsync(CancellationToken cancellationToken)
    {
        if (_server.Faults.Waiting(Send) == 0)
        {
            _server.Faults.Next(Send, new Fault.AnswerLate(s_late));
        }

        for (var waited = TimeSpan.Zero; waited < s_aimFor; waited += s_look)
        {
            if (_server.Faults.Waiting(Send) == 0)
            {
                return true;
            }

            await Task.Delay(s_look, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
