using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Models.Jobs;
using OpsChat.Models.Providers;
using OpsChat.Understanding;

namespace OpsChat.Models;

/// <summary>The registrations of the model's side.</summary>
public static class ModelServices
{
    /// <summary>What words and reads. A client that is registered already (a test's own) is kept; the budget is the caller's to add, who knows
    /// what today has cost.</summary>
    public static void AddModels(this IServiceCollection services, ModelOptions options, PromptLibrary prompts)
    {
        services.AddSingleton(options);
        services.AddSingleton(prompts);
        services.TryAddSingleton<IChatClient>(provider => ModelClients.Open(options, provider.GetRequiredService<TimeProvider>())!);
        services.AddSingleton<IModelJobs, ModelGateway>();
        services.AddSingleton(provider => new ModelWriter(provider.GetRequiredService<IModelJobs>(), prompts, LanguageDetector.Detect));
    }
}
