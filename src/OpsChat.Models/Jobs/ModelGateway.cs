using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Models.Providers;
using OpsChat.Operations.Questions;

namespace OpsChat.Models.Jobs;

/// <summary>
/// The model's host. Each job is a kernel function made from the owner's prompt; its filters hide private details, keep the budget, remember
/// answers, note every call and stop actions. See <see cref="JobFilter"/>, <see cref="PromptFilter"/> and <see cref="ProposalFilter"/>.
/// </summary>
/// <param name="client">The provider's; null while none is configured.</param>
public sealed class ModelGateway(IChatClient? client, ModelOptions options, ModelBudget budget, TimeProvider clock) : IModelJobs
{
    private readonly ScribanTemplates _templates = new();
    private readonly PromptFilter _prompts = new();
    private readonly JobFilter _jobs = new(options, budget, new RecentAnswers(capacity: 500), clock);

    // A client of the kernel's own connector calls functions already.
    private readonly IChatClient? _client = client?.GetService<FunctionInvokingChatClient>() is null
        ? client?.AsBuilder().UseKernelFunctionInvocation().Build()
        : client;

    public async Task<ModelAnswer<string>> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            return new ModelAnswer<string>.None(ModelFailure.Off, "No model is configured.");
        }

        var call = new ModelCall(question);
        var kernel = KernelFor(question, call, _client);
        var settings = new PromptExecutionSettings
        {
            ModelId = options.Name,
            FunctionChoiceBehavior = question.Lookups is null ? null : FunctionChoiceBehavior.Auto(),
        };
        var arguments = new KernelArguments(settings) { [ModelCall.Argument] = call };
        var result = await kernel.InvokeAsync(FunctionFor(question.Job), arguments, cancellationToken);
        return result.GetValue<ModelAnswer<string>>()
            ?? throw new InvalidOperationException("Every job ends with an answer or the reason for none.");
    }

    /// <summary>A kernel of one question: nothing of another conversation is within its reach.</summary>
    private Kernel KernelFor(ModelQuestion question, ModelCall call, IChatClient chat)
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(new JobChatClient(chat, options, PromptSet.NameOf(question.Job), question.Schema));
        builder.Services.AddSingleton<IFunctionInvocationFilter>(_jobs);
        builder.Services.AddSingleton<IPromptRenderFilter>(_prompts);
        if (question.Lookups is { } lookups)
        {
            builder.Services.AddSingleton<IAutoFunctionInvocationFilter>(new ProposalFilter(lookups));
            AddFunctions(builder.Plugins, lookups);
        }

        var kernel = builder.Build();
        kernel.Data[ModelCall.Argument] = call;
        return kernel;
    }

    private static void AddFunctions(IKernelBuilderPlugins plugins, IModelLookups lookups)
    {
        switch (lookups)
        {
            case ShopLookups shop:
                plugins.AddFromObject(new ShopPlugin(shop), ShopPlugin.Name);
                plugins.AddFromObject(new ActionPlugin(), ActionPlugin.Name);
                break;
            case OwnerLookups owner:
                plugins.AddFromObject(new OperationsPlugin(owner), OperationsPlugin.Name);
                plugins.AddFromObject(new OwnerWishPlugin(), ActionPlugin.Name);
                break;
            default:
                throw new InvalidOperationException($"A model has no functions for {lookups.GetType().Name}.");
        }
    }

    private KernelFunction FunctionFor(PromptJob job) => KernelFunctionFactory.CreateFromPrompt(
        // The prompt is the owner's file; the factory takes it from the set that the question was made with.
        new PromptTemplateConfig(PromptSet.NameOf(job))
        {
            Name = PromptSet.NameOf(job).Replace('-', '_'),
            TemplateFormat = ScribanTemplates.Format,
            AllowDangerouslySetContent = true,
        },
        _templates);
}
