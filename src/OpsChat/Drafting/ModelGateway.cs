using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OpsChat.Drafting;

/// <summary>What is asked: the job's name, the conversation that pays for it, the prompt and the schema of the answer.</summary>
internal sealed record ModelQuestion(string Job, string Conversation, string Prompt, JsonElement Schema);

/// <summary>
/// The line to the model. It asks once per different prompt, within the budget, and returns the answer's text or why there is none;
/// nothing that the model, its client or the network does comes out as an exception.
/// </summary>
public sealed class ModelGateway(IChatClient? client, ModelOptions options, ModelBudget budget, TimeProvider clock)
{
    private readonly RecentAnswers _recent = new(capacity: 500);

    internal async Task<ModelAnswer<string>> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        if (client is null)
        {
            return new ModelAnswer<string>.None(ModelFailure.Off, "No model is configured.");
        }
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Name}\n{question.Job}\n{question.Prompt}")));
        if (_recent.Find(hash) is { } remembered)
        {
            return new ModelAnswer<string>.Given(remembered) { Uses = [Use(question, 0, 0, TimeSpan.Zero, ModelUse.Remembered)] };
        }
        if (budget.Reserve(question.Conversation, Estimate(question.Prompt)) is not { } reservation)
        {
            return new ModelAnswer<string>.None(ModelFailure.OutOfBudget, "The model's budget for today or for this conversation is used up.");
        }
        var answer = await CallAsync(client, question, reservation, cancellationToken);
        if (answer is ModelAnswer<string>.Given given)
        {
            _recent.Keep(hash, given.Value);
        }
        return answer;
    }


    private async Task<ModelAnswer<string>> CallAsync(IChatClient model, ModelQuestion question, ModelBudget.Reservation reservation, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        // Until the provider says otherwise: a call that was given up after waiting may still be billed.
        long input = Estimate(question.Prompt), output = 0;
        ModelAnswer<string> answer;
        try
        {
            var response = await GetAsync(model, question, cancellationToken);
            // Local endpoints count nothing, or send zeros.
            input = response.Usage?.InputTokenCount is > 0 and var sent ? sent : input;
            output = response.Usage?.OutputTokenCount is > 0 and var came ? came : Estimate(response.Text);
            answer = Read(response);
        }
        // A guest may fail in any way that its client library knows; only the caller's own wish to stop is passed on.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = Failure(e);
            input = failure.Failure == ModelFailure.TooSlow ? input : 0;
            answer = failure;
        }
        finally
        {
            reservation.Settle(input + output, options.CostOf(input, output));
        }
        var outcome = answer is ModelAnswer<string>.None none ? none.Failure.ToString() : ModelUse.Answered;
        return answer with { Uses = [Use(question, input, output, clock.GetElapsedTime(started), outcome)] };
    }

    private async Task<ChatResponse> GetAsync(IChatClient model, ModelQuestion question, CancellationToken cancellationToken)
    {
        ChatOptions settings = new()
        {
            ModelId = options.Name,
            MaxOutputTokens = options.MaxOutputTokens,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(question.Schema, question.Job.Replace('-', '_')),
        };
        ChatMessage[] messages = [new(ChatRole.User, question.Prompt)];
        return options.Streaming
            ? await model.GetStreamingResponseAsync(messages, settings, cancellationToken).ToChatResponseAsync(cancellationToken)
            : await model.GetResponseAsync(messages, settings, cancellationToken);
    }

    /// <summary>Complete and with words, or a failure: an answer without a reason for its end was cut off on the way.</summary>
    private static ModelAnswer<string> Read(ChatResponse response) =>
        response.FinishReason == ChatFinishReason.ContentFilter ? new ModelAnswer<string>.None(ModelFailure.Refused, "The model declined to answer.")
        : response.FinishReason == ChatFinishReason.Length ? new ModelAnswer<string>.None(ModelFailure.CutOff, "The model's answer reached the token limit.")
        : response.FinishReason != ChatFinishReason.Stop ? new ModelAnswer<string>.None(ModelFailure.CutOff, "The model's answer ended without being complete.")
        : string.IsNullOrWhiteSpace(response.Text) ? new ModelAnswer<string>.None(ModelFailure.Empty, "The model's answer was empty.")
        : new ModelAnswer<string>.Given(response.Text);

    private static ModelAnswer<string>.None Failure(Exception e) => Cause(e) switch
    {
        TimeoutRejectedException or TimeoutException or OperationCanceledException => new(ModelFailure.TooSlow, "The model did not answer in time."),
        BrokenCircuitException => new(ModelFailure.Unreachable, "The model failed several times in a row and is left alone for half a minute."),
        var cause => ModelErrors.StatusOf(e) switch
        {
            429 => new(ModelFailure.Limited, "The model's provider asks to slow down (429)."),
            >= 400 and < 500 and var status => new(ModelFailure.Rejected, $"The model's provider turned the request down ({status}). Check the endpoint, the key and the model's name."),
            >= 500 and var status => new(ModelFailure.Unreachable, $"The model's provider has an error ({status})."),
            _ when cause is JsonException or FormatException or InvalidOperationException or ArgumentException =>
                new(ModelFailure.Malformed, "The model's answer could not be read."),
            _ => new(ModelFailure.Unreachable, "The model cannot be reached."),
        },
    };

    /// <summary>The exception of the network or the resilience pipeline inside those of the client libraries.</summary>
    private static Exception Cause(Exception e) =>
        e is TimeoutRejectedException or BrokenCircuitException || e.InnerException is null ? e : Cause(e.InnerException);

    private ModelUse Use(ModelQuestion question, long input, long output, TimeSpan took, string outcome) =>
        new(clock.GetUtcNow(), question.Conversation, question.Job, options.Name, input, output, options.CostOf(input, output), took, outcome);

    // Three characters a token is on the safe side for the shop's languages in Latin script; others have their own bytes.
    private static long Estimate(string text) => (Encoding.UTF8.GetByteCount(text) + 2) / 3;
}
