using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpsChat.Drafting;

namespace OpsChat.Models.Providers;

/// <summary>Opens the client of the configured provider behind the one interface that the rest knows.</summary>
public static class ModelClients
{
    /// <summary>The client, or null when no provider is configured. Settings with <see cref="ModelOptions.Problems"/> are the caller's to refuse
    /// first.</summary>
    /// <param name="connection">For tests or a proxy; null means the machine's own connections.</param>
    public static IChatClient? Open(ModelOptions options, TimeProvider clock, HttpMessageHandler? connection = null) => options.Provider switch
    {
        ModelProvider.OpenAi => OpenAi(options, Http(options, clock, connection)),
        ModelProvider.Anthropic => Claude(options, Http(options, clock, connection)),
        _ => null,
    };

    private static HttpClient Http(ModelOptions options, TimeProvider clock, HttpMessageHandler? connection) =>
        // Redirects could carry a customer's words to an endpoint that nobody configured.
        new(
            new ModelTransport(
                options.TimeOut,
                clock,
                connection ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }
            )
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    /// <summary>By Semantic Kernel's own connector, on a transport whose time-outs and retries are ours.</summary>
    private static IChatClient OpenAi(ModelOptions options, HttpClient http)
    {
        OpenAIClientOptions settings = new()
        {
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (options.Endpoint is { } endpoint)
        {
            settings.Endpoint = endpoint;
        }

        // The client insists on a key; local endpoints ignore it.
        var key = options.Key.IsEmpty ? "none" : options.Key.Value;
        return new ServiceCollection()
            .AddOpenAIChatClient(options.Name, new OpenAIClient(new ApiKeyCredential(key), settings))
            .BuildServiceProvider()
            .GetRequiredService<IChatClient>();
    }

    private static IChatClient Claude(ModelOptions options, HttpClient http)
    {
        AnthropicClient client = new()
        {
            ApiKey = options.Key.Value,
            HttpClient = http,
            MaxRetries = 0,
            // The transport's time-out comes first; the client's own has to be a time.
            Timeout = options.TimeOut + TimeSpan.FromSeconds(30),
        };
        if (options.Endpoint is { } endpoint)
        {
            client = (AnthropicClient)client.WithOptions(o => o with { BaseUrl = endpoint.ToString().TrimEnd('/') });
        }
        return client.AsIChatClient(options.Name, options.MaxOutputTokens);
    }
}
