using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.AI;
using OpsChat.Agent;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Models.Jobs;
using OpsChat.Models.Providers;
using OpsChat.Storage;
using OpsChat.Understanding;

namespace OpsChat.Host.Commands;

/// <summary>The owner's assistant for one command: the model of the settings, and what today's budget has left.</summary>
sealed class AssistantOpening(IChatClient client, OwnerAssistant assistant) : IDisposable
{
    public OwnerAssistant Assistant => assistant;

    /// <returns>Null when no model is set up, or its settings are wrong: the questions are answered as tables then.</returns>
    public static async Task<AssistantOpening?> OpenAsync(OpsChatOptions options, IStore store, CancellationToken cancellationToken)
    {
        if (options.Model.Provider == ModelProvider.None || options.Model.Problems().Count > 0
            || ModelClients.Open(options.Model, TimeProvider.System) is not { } client)
        {
            return null;
        }

        var prompts = new PromptLibrary(Opening.FromHome(options.Prompts));
        prompts.Reload();
        var time = TimeProvider.System;
        var today = (await Remembered.ReadAsync(store, time.GetUtcNow(), cancellationToken)).ModelUsesToday;
        var budget = new ModelBudget(
            options.Model,
            time,
            SharedModelLedger.OrOwn(store, today, time, NullLogger<SharedModelLedger>.Instance)
        );
        return new(client, new(new(new ModelGateway(client, options.Model, budget, time), prompts, LanguageDetector.Detect), store));
    }

    public void Dispose() => client.Dispose();
}
