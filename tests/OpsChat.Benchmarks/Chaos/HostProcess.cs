using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>The real host as a process of its own, on one port and one data folder, that can be killed and started again.</summary>
public sealed class HostProcess : IDisposable
{
    public const string OwnerToken = "owner-token-of-a-trial", ChannelKey = "channel-key-of-a-trial";
    private const int MostLinesKept = 5000, LastLines = 40;

    private readonly ProcessStartInfo _start;
    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;
    private long _startedAt;

    /// <summary>The settings of a host whose speed or memory is measured: it does what a shop's does.</summary>
    public static IReadOnlyDictionary<string, string> Measured { get; } = new Dictionary<string, string> { ["OpsChat__Encoder"] = "on" };

    /// <param name="settings">More settings, as environment variables: <c>OpsChat__Telegram__Token</c>.</param>
    /// <param name="data">A data folder of its own; null for the shop's.</param>
    public HostProcess(ShopOnDisk shop, IReadOnlyDictionary<string, string>? settings = null, string? data = null)
    {
        Data = data ?? shop.Data;
        Url = new($"http://127.0.0.1:{FreePort()}");
        _start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "OpsChat.Host.dll"), "--data", Data])
        {
            UseShellExecute = false,
            WorkingDirectory = shop.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Set("OpsChat__Urls", Url.ToString());
        Set("OpsChat__Playbooks", shop.Playbooks);
        Set("OpsChat__Canary", shop.Canary);
        Set("OpsChat__OwnerToken", OwnerToken);
        Set("OpsChat__ChannelKey", ChannelKey);
        // Learning with it takes seconds of processor time after each of many starts.
        Set("OpsChat__Encoder", "off");
        Set("OpsChat__Messages__WaitWhenClear", "00:00:00.100");
        Set("OpsChat__Messages__WaitWhenUnclear", "00:00:00.200");
        // Customers here repeat what was cut off, from one address: what limits people must not make the work less.
        Set("OpsChat__Messages__MostPerMinute", "100000");
        Set("OpsChat__Messages__MostListening", "100000");
        Set("OpsChat__Messages__MostListeningOfAddress", "100000");
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            Set(name, value);
        }

        void Set(string name, string value) => _start.Environment[name] = value;
    }

    public Uri Url { get; }
    public string Data { get; }
    public int Id => Running.Id;

    /// <summary>Processor time that the process has used, over all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            Running.Refresh();
            return Running.TotalProcessorTime;
        }
    }

    /// <summary>What the process said last; for a person who wants to know why it does not run.</summary>
    public string LastWords => string.Join(Environment.NewLine, _lines.TakeLast(LastLines));

    /// <summary>What the processes said so far, line by line; at most the last 5,000 lines.</summary>
    public IReadOnlyList<string> Output => [.. _lines];

    /// <summary>How long ago it was started last.</summary>
    public TimeSpan SinceStart => Stopwatch.GetElapsedTime(_startedAt);

    /// <summary>Its exit code, when it has ended.</summary>
    public int? EndedWith => Running.HasExited ? Running.ExitCode : null;

    private Process Running => _process ?? throw new InvalidOperationException("The host was not started.");

    public void Start()
    {
        _process?.Dispose();
        _startedAt = Stopwatch.GetTimestamp();
        _process = Process.Start(_start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>It answers, at work or standing by.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; with its last words.</exception>
    public Task UntilHealthyAsync(CancellationToken cancellationToken) => UntilAsync("health", cancellationToken);

    /// <summary>It is at work.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; with its last words.</exception>
    public Task UntilReadyAsync(CancellationToken cancellationToken) => UntilAsync("ready", cancellationToken);

    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => SaysYesAsync("ready", cancellationToken);

    /// <summary>Until it has ended by itself. Returns its exit code.</summary>
    public async Task<int> UntilEndedAsync(CancellationToken cancellationToken)
    {
        await Running.WaitForExitAsync(cancellationToken);
        return Running.ExitCode;
    }

    /// <param name="name">Without SIG: <c>STOP</c>, <c>CONT</c>.</param>
    public void Signal(string name)
    {
        using var signal = Process.Start(new ProcessStartInfo("kill", [$"-{name}", $"{Running.Id}"]) { UseShellExecute = false });
        signal!.WaitForExit();
    }

    private async Task UntilAsync(string path, CancellationToken cancellationToken)
    {
        while (!await SaysYesAsync(path, cancellationToken))
        {
            if (Running.HasExited)
            {
                throw new InvalidOperationException($"The host ended with {Running.ExitCode}:{Environment.NewLine}{LastWords}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
    }

    private async Task<bool> SaysYesAsync(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var answer = await http.GetAsync(path, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e)
            when (e is HttpRequestException or SocketException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Runs one command on the same data and with the same settings, beside the host. It is typed in another terminal, which does not know
    /// where the host listens. Returns its exit code and what it printed.</summary>
    public async Task<(int ExitCode, string Said)> CommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. _start.ArgumentList, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = _start.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _start.Environment)
        {
            start.Environment[name] = value;
        }

        if (arguments.Length > 0)
        {
            start.Environment["OpsChat__Urls"] = "http://127.0.0.1:9";
        }

        using var command = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var said = await Task.WhenAll(command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        return (command.ExitCode, string.Concat(said));
    }

    /// <summary>SIGKILL: the process gets no chance to do anything.</summary>
    public async Task KillAsync()
    {
        if (!Running.HasExited)
        {
            Running.Kill();
        }

        await Running.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it. Returns how long the process took, and its exit code.</summary>
    public async Task<(TimeSpan Took, int ExitCode)> StopAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        using var signal = Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{Running.Id}"]) { UseShellExecute = false });
        await Running.WaitForExitAsync(cancellationToken);
        return (Stopwatch.GetElapsedTime(begun), Running.ExitCode);
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
            while (_lines.Count > MostLinesKept)
            {
                _lines.TryDequeue(out _);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
