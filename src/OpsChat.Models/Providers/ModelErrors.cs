using System.ClientModel;
using System.Text.Json;
using Anthropic.Exceptions;
using Microsoft.SemanticKernel;
using OpsChat.Drafting;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OpsChat.Models.Providers;

/// <summary>What the providers' clients throw, read in one place.</summary>
internal static class ModelErrors
{
    /// <summary>The failure as a value, with a sentence for the owner.</summary>
    public static ModelAnswer<string>.None Failure(Exception e) =>
        Cause(e) switch
        {
            TimeoutRejectedException or TimeoutException or OperationCanceledException => new(
                ModelFailure.TooSlow,
                "The model did not answer in time."
            ),
            BrokenCircuitException => new(
                ModelFailure.Unreachable,
                "The model failed several times in a row and is left alone for half a minute."
            ),
            var cause => StatusOf(e) switch
            {
                429 => new(ModelFailure.Limited, "The model's provider asks to slow down (429)."),
                >= 400 and < 500 and var status => new(
                    ModelFailure.Rejected,
                    $"The model's provider turned the request down ({status}). Check the endpoint, the key and the model's name."
                ),
                >= 500 and var status => new(ModelFailure.Unreachable, $"The model's provider has an error ({status})."),
                _ when cause is JsonException or FormatException or InvalidOperationException or ArgumentException => new(
                    ModelFailure.Malformed,
                    "The model's answer could not be read."
                ),
                _ => new(ModelFailure.Unreachable, "The model cannot be reached."),
            },
        };

    /// <summary>The HTTP status behind the exception, or null when the network or the client failed without one.</summary>
    public static int? StatusOf(Exception e) =>
        e switch
        {
            ClientResultException { Status: > 0 } openAi => openAi.Status,
            AnthropicApiException anthropic => (int)anthropic.StatusCode,
            HttpOperationException { StatusCode: { } status } => (int)status,
            HttpRequestException { StatusCode: { } status } => (int)status,
            { InnerException: { } inner } => StatusOf(inner),
            _ => null,
        };

    /// <summary>The exception of the network or the resilience pipeline inside those of the client libraries.</summary>
    private static Exception Cause(Exception e) =>
        e is TimeoutRejectedException or BrokenCircuitException || e.InnerException is null ? e : Cause(e.InnerException);
}
