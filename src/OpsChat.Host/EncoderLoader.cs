using OpsChat.Agent;
using OpsChat.Models.Encoding;
using OpsChat.Playbooks;

namespace OpsChat.Host;

/// <summary>
/// Brings the sentence encoder into the understanding of messages, after the start: until it has loaded and the playbooks are learned with it,
/// words and letters decide alone, so that the first customer does not wait for it.
/// </summary>
sealed partial class EncoderLoader(
    PlaybookCatalog<PlaybookSnapshot> catalog,
    OpsChatOptions options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<EncoderLoader> log
) : ResilientBackgroundService(time, log)
{
    /// <summary>Learning takes a processor for seconds. Who wrote while the host was away is answered first.</summary>
    private static readonly TimeSpan s_afterTheStart = TimeSpan.FromSeconds(1.5);

    protected override string WhenItFails => "Learning the playbooks with the sentence encoder failed, and words and letters decide alone";

    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
        await Task.Delay(s_afterTheStart, Time, cancellationToken);
    }

    protected override async Task<TimeSpan?> RoundAsync(CancellationToken cancellationToken)
    {
        // Not on the thread that starts the host; and a host that stops does not wait for it.
        await Task.Run(() => Load(cancellationToken), cancellationToken).WaitAsync(cancellationToken);
        return null;
    }

    private void Load(CancellationToken cancellationToken)
    {
        switch (Opening.Encoder(options))
        {
            case OpenedEncoder.Ready ready:
                var encoder = Opening.Cached(ready.Encoder, options, cancellationToken);
                catalog.BuildWith(set => PlaybookSnapshot.From(set, encoder));
                // What learning needed for a few seconds is several times what it leaves.
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                break;
            case OpenedEncoder.Unavailable unavailable when options.Encoder == EncoderUse.On:
                LogUnavailable(Log, unavailable.Sentence);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence} Until then messages are understood by words and letters alone.")]
    private static partial void LogUnavailable(ILogger log, string sentence);
}
