using System.ClientModel;
using Anthropic.Exceptions;

namespace OpsChat.Drafting;

/// <summary>What the providers' clients throw, read in one place.</summary>
internal static class ModelErrors
{
    /// <summary>The HTTP status behind the exception, or null when the network or the client failed without one.</summary>
    public static int? StatusOf(Exception e) => e switch
    {
        ClientResultException { Status: > 0 } openAi => openAi.Status,
        AnthropicApiException anthropic => (int)anthropic.StatusCode,
        HttpRequestException { StatusCode: { } status } => (int)status,
        { InnerException: { } inner } => StatusOf(inner),
        _ => null,
    };
}
