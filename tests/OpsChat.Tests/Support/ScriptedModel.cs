using Microsoft.Extensions.AI;

namespace OpsChat.Tests.Support;

/// <summary>A model that says what the test wrote for it, and remembers what it was asked.</summary>
public sealed class ScriptedModel(Func<string, string> answer) : IChatClient
{
    /// <summary>The prompts, in the order in which they came.</summary>
    public List<string> Prompts { get; } = [];

    public ChatFinishReason? FinishReason { get; init; } = ChatFinishReason.Stop;

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var prompt = string.Concat(messages.Select(m => m.Text));
        lock (Prompts)
        {
            Prompts.Add(prompt);
        }
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(prompt)))
        {
            FinishReason = FinishReason,
            Usage = new() { InputTokenCount = 100, OutputTokenCount = 20 },
        });
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

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
