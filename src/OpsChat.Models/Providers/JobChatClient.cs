using System.Text.Json;
using Microsoft.Extensions.AI;
using OpsChat.Drafting;

namespace OpsChat.Models.Providers;

/// <summary>Gives a provider's client what one job needs: the answer's schema and limit, and an answer in one piece although it came in
/// many.</summary>
internal sealed class JobChatClient(IChatClient inner, ModelOptions model, string job, JsonElement schema) : DelegatingChatClient(inner)
{
    private readonly ChatClientMetadata _metadata = inner.GetService<ChatClientMetadata>() ?? new("model", null, model.Name);

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        model.Streaming
            ? base.GetStreamingResponseAsync(messages, Settings(options), cancellationToken).ToChatResponseAsync(cancellationToken)
            : base.GetResponseAsync(messages, Settings(options), cancellationToken);

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? _metadata : base.GetService(serviceType, serviceKey);

    /// <summary>The client underneath is shared by all jobs and outlives them, so it is not disposed of with this one.</summary>
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);

    private ChatOptions Settings(ChatOptions? options)
    {
        var settings = options?.Clone() ?? new();
        settings.ModelId = model.Name;
        settings.MaxOutputTokens = model.MaxOutputTokens;
        settings.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, job.Replace('-', '_'));
        return settings;
    }
}
