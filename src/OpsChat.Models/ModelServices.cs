using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpsChat.Drafting;
using OpsChat.Models.Jobs;
using OpsChat.Models.Providers;
using OpsChat.Prompts;
using OpsChat.Storage;
using OpsChat.Understanding;

namespace OpsChat.Models;

/// <summary>The registrations of the model's side.</summary>
public static class ModelServices
{
    /// <summary>The guest of steps 3 to 7, when a provider is named. A client that is registered already (a test's own) is kept.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services, OpsChatOptions options, OpenedShop opened)
    {
        if (options.Model.Provider == ModelProvider.None)
        {
            return services;
        }

        if (options.Model.Problems() is { Count: > 0 } problems)
        {
            throw new OptionsValidationException("OpsChat", typeof(OpsChatOptions), problems);
        }

        opened.Prompts.Reload();
        services.AddSingleton(options.Model);
        services.AddSingleton(opened.Prompts);
        services.TryAddSingleton<IChatClient>(provider => ModelClients.Open(options.Model, provider.GetRequiredService<TimeProvider>())!);
        services.AddSingleton(provider => BudgetOfToday(options.Model, opened.Store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IModelJobs, ModelGateway>();
        services.AddSingleton(provider => new ModelWriter(provider.GetRequiredService<IModelJobs>(), opened.Prompts, LanguageDetector.Detect));
        services.AddSingleton<ModelReviser>();
        services.AddSingleton<PromptWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<PromptWatcher>());
        return services;
    }

    /// <summary>A restart does not give the day's tokens anew.</summary>
    private static ModelBudget BudgetOfToday(ModelOptions options, IStore store, TimeProvider time)
    {
        var budget = new ModelBudget(options, time);
        var midnight = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        budget.Restore(store.ReadAsync(session => session.Turns.ModelUsesSince(midnight), CancellationToken.None).GetAwaiter().GetResult());
        return budget;
    }
}
