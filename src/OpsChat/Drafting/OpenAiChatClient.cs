using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace OpsChat.Drafting;

/// <summary>
/// The official client of OpenAI-compatible endpoints as an <see cref="IChatClient"/>: text in, text out, a JSON schema, usage and the
/// reason of the end. Tools, images and several choices are not part of any job here. Stands in for Microsoft.Extensions.AI.OpenAI.
/// </summary>
internal sealed class OpenAiChatClient(ChatClient client, string model) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("openai", defaultModelId: model);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var completion = (await client.CompleteChatAsync(Messages(messages), Settings(options), cancellationToken)).Value;
        var text = completion.Refusal ?? string.Concat(completion.Content.Select(part => part.Text));
        return new(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = completion.Model,
            ResponseId = completion.Id,
            FinishReason = completion.Refusal is null ? Reason(completion.FinishReason) : ChatFinishReason.ContentFilter,
            Usage = Usage(completion.Usage),
        };
    }

    /// <summary>The client reports a malformed stream as an empty one: whoever reads this takes a stream without a finish reason for a failure.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var piece in client.CompleteChatStreamingAsync(Messages(messages), Settings(options), cancellationToken))
        {
            ChatResponseUpdate update = new(ChatRole.Assistant, string.Concat(piece.ContentUpdate.Select(part => part.Text)))
            {
                ModelId = piece.Model,
                ResponseId = piece.CompletionId,
                FinishReason = piece.RefusalUpdate is not null ? ChatFinishReason.ContentFilter : piece.FinishReason is { } reason ? Reason(reason) : null,
            };
            if (piece.Usage is { } usage)
            {
                update.Contents.Add(new UsageContent(Usage(usage)!));
            }
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType == typeof(ChatClient) ? client
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The transport is shared and lives as long as the process.
    }

    private static IEnumerable<OpenAI.Chat.ChatMessage> Messages(IEnumerable<ChatMessage> messages) =>
        messages.Select<ChatMessage, OpenAI.Chat.ChatMessage>(m =>
            m.Role == ChatRole.System ? new SystemChatMessage(m.Text)
            : m.Role == ChatRole.Assistant ? new AssistantChatMessage(m.Text)
            : new UserChatMessage(m.Text));

    private static ChatCompletionOptions Settings(ChatOptions? options)
    {
        ChatCompletionOptions settings = new() { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature };
        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } json)
        {
            settings.ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(json.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), jsonSchemaIsStrict: true);
        }
        return settings;
    }

    private static ChatFinishReason? Reason(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Stop => ChatFinishReason.Stop,
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => null,
    };

    private static UsageDetails? Usage(ChatTokenUsage? usage) => usage is null ? null : new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
    };
}
