using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;

namespace OpsChat.Drafting;

/// <summary>Whose interface the model speaks. <see cref="OpenAi"/> is every compatible endpoint: hosted, Ollama, vLLM, LM Studio.</summary>
public enum ModelProvider { None, OpenAi, Anthropic }

/// <summary>Whose words leave by themselves.</summary>
public enum ModelWording
{
    /// <summary>The owner's alone: reply, further texts, phrases. A model only chooses among them.</summary>
    Composed,
    /// <summary>A model's too, as far as the guardrails can tell that they are true. They cannot always tell.</summary>
    Free,
}

/// <summary>Settings under <c>OpsChat:Model</c>.</summary>
public sealed record ModelOptions
{
    /// <summary>Default <see cref="ModelProvider.None"/>: everything works, in the owner's own words.</summary>
    public ModelProvider Provider { get; init; }

    /// <summary>Base address, for OpenAI-compatible endpoints with their <c>/v1</c>. Null means the provider's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The provider's key; a local endpoint may need none.</summary>
    public Secret Key { get; init; } = new("");

    /// <summary>The model's name as the provider calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Default <see cref="ModelWording.Composed"/>. What a person sends is worded freely either way.</summary>
    public ModelWording Wording { get; init; }

    /// <summary>For one answer, retries included. Default 20 s; from 1 s to 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Default 600; from 50 to 8,000. An answer that reaches it is cut off, which is a failure.</summary>
    [Range(50, 8000)]
    public int MaxOutputTokens { get; init; } = 600;

    /// <summary>Ask for the answer in pieces, for endpoints behind proxies that drop quiet connections. Nobody sees the pieces. Default
    /// false.</summary>
    public bool Streaming { get; init; }

    /// <summary>Tokens a day (UTC), in and out, over all conversations. Default 2,000,000.</summary>
    [Range(0, long.MaxValue)]
    public long DailyTokens { get; init; } = 2_000_000;

    /// <summary>Tokens a day for one conversation. Default 40,000.</summary>
    [Range(0, long.MaxValue)]
    public long ConversationTokens { get; init; } = 40_000;

    /// <summary>Price of a million tokens that are sent, in the currency of the provider's bill. Default 0: not counted.</summary>
    public decimal PricePerMillionInput { get; init; }

    /// <summary>Price of a million tokens that come back.</summary>
    public decimal PricePerMillionOutput { get; init; }

    /// <summary>The most to spend a day, in the currency of the prices. Null: no limit but the tokens'.</summary>
    public decimal? DailyCost { get; init; }

    /// <summary>Refuses every endpoint outside this machine and its private network. Default false.</summary>
    public bool KeepLocal { get; init; }

    /// <summary>What a call of so many tokens costs.</summary>
    public decimal CostOf(long input, long output) => ((input * PricePerMillionInput) + (output * PricePerMillionOutput)) / 1_000_000m;

    /// <summary>What is wrong with the settings, a sentence each with what to do; empty when they can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        if (Provider == ModelProvider.None)
        {
            return [];
        }
        List<string> problems = [];
        if (Name.Length == 0)
        {
            problems.Add("OpsChat__Model__Name is empty. Set it to the model's name, for example the one that the provider's console shows.");
        }
        if (Key.IsEmpty && !IsLocal(Endpoint))
        {
            problems.Add("OpsChat__Model__Key is empty. Set the provider's key, or an Endpoint on this machine that needs none.");
        }
        if (KeepLocal && !IsLocal(Endpoint))
        {
            problems.Add(
                $"OpsChat__Model__KeepLocal is on, and {Endpoint?.Host ?? "the provider's own endpoint"} is not on this machine or its "
                    + "private network. Set OpsChat__Model__Endpoint."
            );
        }
        if (TimeOut < TimeSpan.FromSeconds(1) || TimeOut > TimeSpan.FromMinutes(2))
        {
            problems.Add($"OpsChat__Model__TimeOut is {TimeOut}. Set it between 00:00:01 and 00:02:00.");
        }
        if (MaxOutputTokens is < 50 or > 8000)
        {
            problems.Add($"OpsChat__Model__MaxOutputTokens is {MaxOutputTokens}. Set it between 50 and 8000.");
        }
        return problems;
    }

    /// <summary>Loopback, a private address (RFC 1918, RFC 4193), or a name without a public domain.</summary>
    internal static bool IsLocal(Uri? endpoint) =>
        endpoint is not null && (endpoint.IsLoopback
            || (IPAddress.TryParse(endpoint.DnsSafeHost, out var address)
                ? IsPrivate(address)
                : !endpoint.Host.Contains('.') || endpoint.Host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)));

    private static bool IsPrivate(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? (bytes[0] & 0xFE) == 0xFC
            : (bytes[0], bytes[1]) is (10, _) or (192, 168) or (172, >= 16 and <= 31);
    }
}
