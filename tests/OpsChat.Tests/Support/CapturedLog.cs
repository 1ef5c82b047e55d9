using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OpsChat.Tests.Support;

/// <summary>Every line that the host would write to its log, however unimportant.</summary>
public sealed class CapturedLog : ILoggerProvider, ILogger
{
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Returns when a line contains these words.</summary>
    public async Task UntilAsync(string words, TimeSpan patience)
    {
        using var over = new CancellationTokenSource(patience);
        while (true)
        {
            var grown = _grown.Task;
            if (Lines.Any(line => line.Contains(words, StringComparison.Ordinal)))
            {
                return;
            }

            await grown.WaitAsync(over.Token);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue($"{formatter(state, exception)} {exception}");
        Interlocked.Exchange(ref _grown, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public void Dispose()
    {
    }
}
