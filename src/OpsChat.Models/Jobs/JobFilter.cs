using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using OpsChat.Drafting;
using OpsChat.Models.Providers;
using FunctionInvocationContext = Microsoft.SemanticKernel.FunctionInvocationContext;

namespace OpsChat.Models.Jobs;

/// <summary>
/// Around every job: the answer to an identical prompt is remembered, a new one is paid from the budget, a failure becomes a value, each call is
/// noted for the trace, and an answer that the guardrails turn down is asked for once more. An action function that gets here is never invoked.
/// </summary>
internal sealed class JobFilter(ModelOptions options, ModelBudget budget, RecentAnswers recent, TimeProvider clock) : IFunctionInvocationFilter
{
    private const int MostAttempts = 2;

    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        if (context.Arguments.GetValueOrDefault(ModelCall.Argument) is not ModelCall call)
        {
            await LookUpAsync(context, next);
            return;
        }

        List<ModelUse> uses = [];
        ModelAnswer<string> answer;
        IReadOnlyList<string> failures = [];
        var attempts = 0;
        do
        {
            call.Failures = failures;
            answer = await AttemptAsync(context, next, call);
            uses.AddRange(answer.Uses);
            failures = answer is ModelAnswer<string>.Given given && call.Question.Review is { } review ? review(given.Value) : [];
        }
        while (failures.Count > 0 && ++attempts < MostAttempts);

        context.Result = new FunctionResult(context.Function, (failures.Count == 0 ? answer : Stopped()) with { Uses = uses });
    }

    private static ModelAnswer<string> Stopped() =>
        new ModelAnswer<string>.None(ModelFailure.Stopped, "The guardrails stopped both of the model's drafts.");

    /// <summary>A look-up's result goes back to the model with private details hidden, like everything that the model reads.</summary>
    private static async Task LookUpAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        if (context.Function.PluginName == ActionPlugin.Name)
        {
            throw new InvalidOperationException("An action is proposed and never invoked.");
        }

        await next(context);
        if (context.Kernel.Data.TryGetValue(ModelCall.Argument, out var value) && value is ModelCall call)
        {
            context.Result = new FunctionResult(context.Result, call.Question.Hidden.Hide(context.Result.GetValue<string>() ?? ""));
        }
    }

    private async Task<ModelAnswer<string>> AttemptAsync(
        FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next, ModelCall call)
    {
        var question = call.Question;
        ModelBudget.Reservation? reservation = null;
        var (hash, input) = ("", 0L);
        call.Answer = null;
        call.AdmitAsync = async prompt =>
        {
            input = TokenEstimate.Of(prompt);
            hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{options.Name}\n{question.Job}\n{prompt}")));
            // What a model looked up belongs to that moment: only jobs without look-ups are remembered.
            if (question.Lookups is null && recent.Find(hash) is { } remembered)
            {
                return new ModelAnswer<string>.Given(remembered) { Uses = [Use(question, 0, 0, TimeSpan.Zero, ModelUse.Remembered)] };
            }

            reservation = await budget.ReserveAsync(question.Conversation, input, context.CancellationToken);
            return reservation is null
                ? new ModelAnswer<string>.None(ModelFailure.OutOfBudget, "The model's budget for today or for this conversation is used up.")
                : null;
        };

        var started = clock.GetTimestamp();
        long sent = 0, came = 0;
        ModelAnswer<string> answer;
        try
        {
            await next(context);
            if (call.Answer is { } known)
            {
                return known;
            }

            var response = context.Result.GetValue<ChatResponse>() ?? throw new InvalidOperationException("The chat service gave no response.");
            // Local endpoints count nothing, or send zeros.
            sent = response.Usage?.InputTokenCount is > 0 and var counted ? counted : input;
            came = response.Usage?.OutputTokenCount is > 0 and var output ? output : TokenEstimate.Of(response.Text);
            answer = ChatAnswers.Read(response);
        }
        // A guest may fail in any way that its client library knows; only the caller's own wish to stop is passed on.
        catch (Exception e) when (!context.CancellationToken.IsCancellationRequested)
        {
            var failure = ModelErrors.Failure(e);
            // A call that was given up after waiting may still be billed.
            sent = failure.Failure == ModelFailure.TooSlow ? input : 0;
            answer = failure;
        }
        finally
        {
            await (reservation?.SettleAsync(new(sent + came, options.CostOf(sent, came))) ?? Task.CompletedTask);
        }

        if (answer is ModelAnswer<string>.Given given && question.Lookups is null)
        {
            recent.Keep(hash, given.Value);
        }

        var outcome = answer is ModelAnswer<string>.None none ? none.Failure.ToString() : ModelUse.Answered;
        return answer with { Uses = [Use(question, sent, came, clock.GetElapsedTime(started), outcome)] };
    }

    private ModelUse Use(ModelQuestion question, long input, long output, TimeSpan took, string outcome) => new(
        clock.GetUtcNow(), question.Conversation, OpsChat.Drafting.Prompts.PromptSet.NameOf(question.Job), options.Name, input, output,
        options.CostOf(input, output), took, outcome);
}

/// <summary>Tokens of a text when nobody counts them.</summary>
internal static class TokenEstimate
{
    // Three characters a token is on the safe side for the shop's languages in Latin script; others have their own bytes.
    public static long Of(string text) => (System.Text.Encoding.UTF8.GetByteCount(text) + 2) / 3;
}
