using System.Text.RegularExpressions;
using Microsoft.SemanticKernel;
using OpsChat.Drafting;

namespace OpsChat.Models.Jobs;

/// <summary>
/// Between a job and its prompt: private details become placeholders before the text is rendered, and a prompt with the kernel's own chat markup
/// is refused, because the kernel would read words of a customer as those of the system.
/// </summary>
internal sealed partial class PromptFilter : IPromptRenderFilter
{
    public const string Data = "data";

    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        if (context.Arguments[ModelCall.Argument] is not ModelCall call)
        {
            throw new InvalidOperationException("Prompts are rendered for questions only.");
        }

        var question = call.Question;
        context.Arguments[Data] = (question.Data with { Failures = call.Failures }).With(question.Hidden.Hide);
        await next(context);

        var prompt = context.RenderedPrompt ?? "";
        var known = ChatMarkup().IsMatch(prompt)
            ? new ModelAnswer<string>.None(
                ModelFailure.Refused, "The prompt holds markup that the model's host would read as roles. Remove `<message …>` from the prompts.")
            : await call.AdmitAsync(prompt);
        if (known is not null)
        {
            call.Answer = known;
            context.Result = new FunctionResult(context.Function, known);
        }
    }

    [GeneratedRegex(@"<\s*message\b", RegexOptions.IgnoreCase)]
    private static partial Regex ChatMarkup();
}
