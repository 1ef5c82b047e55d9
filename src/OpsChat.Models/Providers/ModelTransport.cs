using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace OpsChat.Models.Providers;

/// <summary>
/// Carries the requests of either provider's client: one time-out over all attempts, retries with backoff that respect
/// <c>Retry-After</c>, and a circuit that opens after repeated failures and time-outs, so that a dead endpoint costs customers little waiting.
/// Bodies are read to the end inside, so that a connection lost half-way is tried again like one that was refused.
/// </summary>
internal sealed class ModelTransport : DelegatingHandler
{
    private const int LargestBody = 4 * 1024 * 1024;
    private const int MostRetries = 2;
    private const int FailuresToOpen = 5;
    private static readonly TimeSpan s_shortestMemory = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _timeOut;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    /// <param name="inner">The connection, or a test's.</param>
    public ModelTransport(TimeSpan timeOut, TimeProvider clock, HttpMessageHandler inner)
        : base(inner)
    {
        _timeOut = timeOut;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddTimeout(timeOut)
            .AddRetry(Retries(timeOut, clock))
            .AddCircuitBreaker(Breaker(timeOut))
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token =>
        {
            try
            {
                return await AttemptAsync(request, token);
            }
            // The time-out is told here already: to the circuit it would look like a caller who lost interest.
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutRejectedException("The model did not answer in time.", _timeOut, e);
            }
        }, cancellationToken);

    private async Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken token)
    {
        // A client's own time-outs and retries would multiply with these; they are off, and its request may be sent again.
        using var attempt = await CopyAsync(request, token);
        var response = await base.SendAsync(attempt, token);
        await response.Content.LoadIntoBufferAsync(LargestBody, token);
        response.Content = Forward(await response.Content.ReadAsByteArrayAsync(token), response.Content.Headers);
        return response;
    }

    /// <summary>The body as a stream that only goes forward, like one from the network: the OpenAI client refuses to close a rewindable one
    /// half-way.</summary>
    private static StreamContent Forward(byte[] body, HttpContentHeaders headers)
    {
        StreamContent content = new(PipeReader.Create(new ReadOnlySequence<byte>(body)).AsStream());
        foreach (var (name, values) in headers)
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }
        return content;
    }

    private static RetryStrategyOptions<HttpResponseMessage> Retries(TimeSpan timeOut, TimeProvider clock) => new()
    {
        MaxRetryAttempts = MostRetries,
        Delay = TimeSpan.FromMilliseconds(400),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = args => ValueTask.FromResult(IsPassing(args.Outcome) && (Wait(args.Outcome.Result, clock) ?? TimeSpan.Zero) < timeOut),
        DelayGenerator = args => ValueTask.FromResult(Wait(args.Outcome.Result, clock)),
    };

    private static CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker(TimeSpan timeOut) =>
        new()
        {
            FailureRatio = 0.8,
            MinimumThroughput = FailuresToOpen,
            // Long enough for that many time-outs one after the other, when customers are few.
            SamplingDuration = timeOut * (FailuresToOpen + 1) is var hang && hang > s_shortestMemory ? hang : s_shortestMemory,
            BreakDuration = TimeSpan.FromSeconds(30),
            // Being asked to slow down is no sign of a dead endpoint.
            ShouldHandle = args =>
                ValueTask.FromResult(
                    args.Outcome.Exception is TimeoutRejectedException
                        || (IsPassing(args.Outcome) && args.Outcome.Result?.StatusCode != HttpStatusCode.TooManyRequests)
                ),
        };

    /// <summary>What another attempt may cure. A time-out is not: it is the end of all attempts.</summary>
    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException } => true,
        { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } => true,
        _ => false,
    };

    /// <summary>How long the server asks to wait (RFC 9110, 10.2.3: seconds or a date); null when it does not.</summary>
    internal static TimeSpan? Wait(HttpResponseMessage? response, TimeProvider clock) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request, CancellationToken token)
    {
        HttpRequestMessage copy = new(request.Method, request.RequestUri) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }
        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(token));
            copy.Content.Headers.ContentType = content.Headers.ContentType ?? new MediaTypeHeaderValue("application/json");
        }
        return copy;
    }
}
