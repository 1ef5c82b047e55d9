using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>What one customer has seen who read on from the last line each time.</summary>
public sealed record SeenByCursor(string Customer, IReadOnlySet<long> Places);

/// <summary>Customers who read as a client does: they ask for what came after the last line they saw, and never again for what came before.</summary>
public sealed class CursorReaders(Uri host, int customers) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = host,
        Timeout = TimeSpan.FromSeconds(15),
        DefaultRequestHeaders = { { "X-OpsChat-Key", HostProcess.ChannelKey } },
    };
    private readonly ConcurrentDictionary<int, (long Cursor, HashSet<long> Places)> _read = new();

    public IReadOnlyList<SeenByCursor> Seen => [.. _read.Select(reader => new SeenByCursor($"customer-{reader.Key}", reader.Value.Places))];

    /// <summary>Reads until told to stop, whatever becomes of the host meanwhile.</summary>
    public Task ReadAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, customers).Select(number => ReadAsCustomerAsync(number, stop)));

    /// <summary>What is left after the last line that was seen.</summary>
    public Task ReadToTheEndAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, customers).Select(async number =>
    {
        while (await ReadOnAsync(number, wait: 0, cancellationToken) > 0)
        {
        }
    }));

    public void Dispose() => _http.Dispose();

    private async Task ReadAsCustomerAsync(int number, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ReadOnAsync(number, wait: 5, stop);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or SocketException or JsonException or TaskCanceledException)
            {
                // Killed meanwhile, or not there yet.
                await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
            }
        }
    }

    private async Task<int> ReadOnAsync(int number, int wait, CancellationToken cancellationToken)
    {
        var (cursor, places) = _read.GetOrAdd(number, _ => (0, []));
        var page = await _http.GetFromJsonAsync<Page>($"api/chat/customer-{number}/messages?after={cursor}&wait={wait}", cancellationToken)
            ?? throw new JsonException("The transcript is empty.");
        foreach (var line in page.Messages)
        {
            places.Add(line.Seq);
        }

        _read[number] = (page.Messages.Count == 0 ? cursor : page.Messages[^1].Seq, places);
        return page.Messages.Count;
    }

    private sealed record Line(long Seq);

    private sealed record Page(IReadOnlyList<Line> Messages);
}
