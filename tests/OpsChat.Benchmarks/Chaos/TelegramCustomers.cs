using OpsChat.Testing.Telegram;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What one customer's chat holds in the end, as Telegram shows it.</summary>
/// <param name="Written">Messages of the customer.</param>
/// <param name="Received">Messages of the shop.</param>
public sealed record ChatSeen(long Customer, int Written, int Received);

/// <summary>Customers who write to the bot on the local Telegram server; the server keeps their words until the host fetches them.</summary>
sealed class TelegramCustomers(TelegramServer server, int count, int seed)
{
    private const long FirstId = 100_001;
    private const double LongestPauseSeconds = 0.5;

    private readonly IReadOnlyList<Customer> _customers = [.. Enumerable.Range(0, count).Select(n => server.Customer(FirstId + n, $"Customer {n}"))];
    private int _sent;

    public int Sent => _sent;

    public IReadOnlyList<ChatSeen> Rooms =>
        [.. _customers.Select(c => new ChatSeen(c.Id, c.Room.Messages.Count(m => !m.IsFromBot), c.Room.Messages.Count(m => m.IsFromBot)))];

    public async Task WriteAsync(CancellationToken stop)
    {
        var random = new Random(seed + 2);
        while (count > 0 && !stop.IsCancellationRequested)
        {
            _customers[random.Next(count)].SendText(CustomerWords.Draw(random));
            _sent++;
            await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * LongestPauseSeconds), TimeProvider.System, stop)
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
