using Microsoft.Extensions.AI;

namespace OpsChat.Tests.Support;

/// <summary>A model that calls functions first, and answers then.</summary>
internal sealed class CallingModel(Func<int, ChatMessage> answer, Action<IEnumerable<ChatMessage>>? listener = null) : IChatClient
{
    private readonly List<string> _heard = [];

    // The host marks a call that it has served, so each round has calls of its own.
    public CallingModel((string Function, Dictionary<string, object?> Arguments)[] calls, string text)
        : this(asked => asked % 2 == 0 ? Calls(calls) : new(ChatRole.Assistant, text))
    {
    }

    public static ChatMessage Calls(params (string Function, Dictionary<string, object?> Arguments)[] calls) =>
        new(
            ChatRole.Assistant,
            [.. calls.Select((call, i) => new FunctionCallContent($"call-{i}", call.Function, call.Arguments))]
        );

    public int Asked { get; private set; }

    /// <summary>Everything that it was given to read, results of functions included.</summary>
    public IReadOnlyList<string> Heard => _heard;

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var given = messages.ToList();
        listener?.Invoke(given);
        _heard.AddRange(
            given
                .Where(m => m.Role != ChatRole.Assistant)
                .SelectMany(m =>
                    m.Contents.OfType<FunctionResultContent>()
                        .Select(c => c.Result?.ToString() ?? "")
                        .Append(m.Text)
                )
        );
        var said = answer(Asked++);
        return Task.FromResult(
            new ChatResponse(said)
            {
                FinishReason = said.Contents.OfType<FunctionCallContent>().Any()
                    ? ChatFinishReason.ToolCalls
                    : ChatFinishReason.Stop,
            }
        );
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, "test") : null;

    public void Dispose()
    {
    }
}
