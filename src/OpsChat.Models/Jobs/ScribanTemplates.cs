using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel;
using OpsChat.Drafting.Prompts;

namespace OpsChat.Models.Jobs;

/// <summary>Renders the owner's prompts, which are Scriban and were checked when they were loaded.</summary>
internal sealed class ScribanTemplates : IPromptTemplateFactory
{
    public const string Format = "scriban";

    public bool TryCreate(PromptTemplateConfig templateConfig, [NotNullWhen(true)] out IPromptTemplate? result)
    {
        result = templateConfig.TemplateFormat == Format ? new JobTemplate() : null;
        return result is not null;
    }

    private sealed class JobTemplate : IPromptTemplate
    {
        public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
        {
            var question = ((ModelCall)arguments![ModelCall.Argument]!).Question;
            var data = (PromptData)arguments[PromptFilter.Data]!;
            var prompt = question.Prompts.Render(question.Job, data)
                ?? throw new InvalidOperationException($"There is no prompt for {question.Job}.");
            return Task.FromResult(prompt);
        }
    }
}
