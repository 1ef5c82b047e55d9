using System.ComponentModel.DataAnnotations;
using OpsChat.Approvals;
using OpsChat.Drafting;

namespace OpsChat.Agent;

/// <summary>The settings of one shop's OpsChat; section <c>OpsChat</c> of <c>appsettings.json</c>, or <c>OpsChat__…</c> in the environment.</summary>
public sealed class OpsChatOptions
{
    /// <summary>Folder of the database and other state. Default <c>./data</c>.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Empty for the embedded SQLite file, or a PostgreSQL connection string.</summary>
    public string Store { get; set; } = "";

    /// <summary>Folder of the shop's CSV exports; empty for the demo shop.</summary>
    public string Shop { get; set; } = "";
    public string Playbooks { get; set; } = "playbooks";
    public string Prompts { get; set; } = "prompts";
    public string Canary { get; set; } = "canary.config.json";

    /// <summary>What is watched, its lines and limits; without the file the defaults hold.</summary>
    public string Operations { get; set; } = "operations.config.json";

    /// <summary>Where the host listens. Loopback unless told otherwise.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:5080";

    /// <summary>
    /// Names under which browsers reach the host, with semicolons between. Empty: while it listens on loopback only, the loopback's own names, so
    /// that no page of another site can point its name here; anything otherwise. Behind a proxy: the public name, which browsers are then held to
    /// reach over https alone.
    /// </summary>
    public string Hosts { get; set; } = "";

    /// <summary>Where metrics and traces go: the address of an OpenTelemetry collector that takes OTLP over HTTP, like <c>http://127.0.0.1:4318</c>;
    /// null for nowhere. Nobody's words, ids or names are in them.</summary>
    public Uri? Telemetry { get; set; }

    /// <summary>The owner's bearer token; made at the first run when empty.</summary>
    public string OwnerToken { get; set; } = "";

    /// <summary>The key that other software needs for <c>/api/chat/{customer}</c>; while empty that route is closed.</summary>
    public string ChannelKey { get; set; } = "";

    /// <summary>Days after which a quiet conversation is erased as by <c>forget</c>; null keeps everything. From 1 to 36,500.</summary>
    [Range(1, 36_500)]
    public int? Retention { get; set; }
    public ApprovalOptions Approvals { get; set; } = new();
    public MessageOptions Messages { get; set; } = new();
    public TelegramOptions Telegram { get; set; } = new();
    public WebhookOptions Webhook { get; set; } = new();
    public WidgetOptions Widget { get; set; } = new();

    /// <summary>Whether a sentence encoder helps to understand messages. It runs in this process and needs no key and no network, but about 100
    /// MB of memory. Default on.</summary>
    public EncoderUse Encoder { get; set; } = EncoderUse.On;

    /// <summary>The model that words replies; none unless a provider is named.</summary>
    public ModelOptions Model { get; set; } = new();
}

/// <summary>Whether the sentence encoder takes part.</summary>
public enum EncoderUse { Off, On }

/// <summary>The bot through which customers write and the owner works. Without a token nothing of it runs.</summary>
public sealed class TelegramOptions
{
    /// <summary>From @BotFather: <c>123456:ABC-DEF…</c>.</summary>
    public string Token { get; set; } = "";

    /// <summary>Where the Bot API is; another address for a local server.</summary>
    public Uri ApiBase { get; set; } = new("https://api.telegram.org");

    /// <summary>The id of the chat in which approvers work; 0 while there is none. Groups have negative ids.</summary>
    public long OwnerChat { get; set; }

    /// <summary>The public https address that Telegram shall deliver to; null to fetch messages from Telegram (long poll).</summary>
    public Uri? WebhookUrl { get; set; }

    /// <summary>How long one fetch waits for news. Default 30 s; from 1 to 50 s, Telegram's own cap.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:50")]
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the cards in the owner chat are compared with the store. Default 1 s; from 20 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with these settings, in sentences; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. ApiBase is not { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? ["OpsChat__Telegram__ApiBase is not an address that can be used. Write scheme, host and port alone, like http://127.0.0.1:8081."]
            : ApiBase is { Scheme: "http", Host: TelegramsOwn }
                ?
                [
                    "OpsChat__Telegram__ApiBase must begin with https:// there: without encryption everybody on the way reads the bot's token.",
                ]
            : Array.Empty<string>(),
            .. WebhookUrl is null || CanDeliverTo(WebhookUrl)
                ? Array.Empty<string>()
                :
                [
                    "OpsChat__Telegram__WebhookUrl is not an address that Telegram delivers to: "
                        + "it must begin with https://, have port 443, 80, 88 or 8443, and be open to the internet. Without it, messages "
                        + "are fetched.",
                ],
        ];

    // A Bot API server of one's own delivers to any address, also without encryption.
    private bool CanDeliverTo(Uri url) =>
        url is { IsAbsoluteUri: true, UserInfo: "" }
        && (
            url is { Scheme: "https", Port: 443 or 80 or 88 or 8443, IsLoopback: false }
            || (ApiBase.Host != TelegramsOwn && url.Scheme is "http" or "https")
        );

    private const string TelegramsOwn = "api.telegram.org";
}

/// <summary>
/// The shop's own system: it delivers customers' messages and is told answers and to-dos, both ways signed with one secret. Nothing of it runs
/// without both settings.
/// </summary>
public sealed class WebhookOptions
{
    /// <summary>The address that is told answers and to-dos; https, or http on this machine.</summary>
    public Uri? Url { get; set; }

    /// <summary>Characters that a secret must have at least.</summary>
    public const int ShortestSecret = 32;

    /// <summary>At least 32 characters that nobody can guess.</summary>
    public string Secret { get; set; } = "";

    /// <summary>What is wrong with these settings, in sentences; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems() =>
        (Url, Secret) switch
        {
            (null, "") => [],
            (null, _) =>
            [
                "OpsChat__Webhook__Secret is set without OpsChat__Webhook__Url. Name the address that shall be told answers and to-dos.",
            ],
            ({ IsAbsoluteUri: false }, _) or ({ Scheme: not ("http" or "https") }, _) or ({ UserInfo.Length: > 0 }, _) =>
            [
                "OpsChat__Webhook__Url is no web address that OpsChat can call. Write it whole and without a password: https://shop.example/opschat.",
            ],
            ({ Scheme: "http", IsLoopback: false }, _) =>
            [
                "OpsChat__Webhook__Url must begin with https, because customers' words go there. http is for this machine alone.",
            ],
            (_, { Length: < ShortestSecret }) =>
            [
                $"OpsChat__Webhook__Secret must have at least {ShortestSecret} characters. Make one with: openssl rand -hex 32",
            ],
            _ => [],
        };
}

/// <summary>The chat on the pages of other sites.</summary>
public sealed class WidgetOptions
{
    /// <summary>Sites whose pages may hold the chat in a frame, with semicolons between: <c>https://shop.example;https://www.shop.example</c>.
    /// Empty: none.</summary>
    public string Origins { get; set; } = "";

    /// <summary>The sites, each as scheme, host and port; what <see cref="Problems"/> names is left out.</summary>
    public IReadOnlyList<string> Allowed => [.. Written.Select(OriginOf).OfType<string>()];

    /// <summary>What is wrong with these settings, in sentences; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems() =>
        Written.All(site => OriginOf(site) is not null)
            ? []
            :
            [
                "OpsChat__Widget__Origins must name sites as scheme and host alone, with ; between: "
                    + "https://shop.example;https://www.shop.example. http is for this machine alone.",
            ];

    private string[] Written => Origins.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? OriginOf(string site) =>
        Uri.TryCreate(site, UriKind.Absolute, out var uri)
        && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback))
        && !site.AsSpan().ContainsAny(" ,'\"")
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
}

public sealed class MessageOptions
{
    /// <summary>How long to wait for more fragments when a playbook is clear. Default 1.5 s; at most 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan WaitWhenClear { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long to wait when it is not clear yet what is wanted. Default 2.5 s, so that the customer hears within 3 s; at most 1
    /// minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan WaitWhenUnclear { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long the agent stays silent after a person wrote in a conversation. Default 2 h; from 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan PersonHolds { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The longest message that is admitted, in characters. Default 8,000.</summary>
    [Range(100, 100_000)]
    public int MostCharacters { get; set; } = 8000;

    /// <summary>Messages of one customer that may wait for their decision; more are refused until some are decided. Default 50.</summary>
    [Range(1, 10_000)]
    public int MostWaiting { get; set; } = 50;

    /// <summary>Messages of one customer in a minute, all at once or spread; more are refused for a moment. Default 60.</summary>
    [Range(1, 100_000)]
    public int MostPerMinute { get; set; } = 60;

    /// <summary>
    /// Messages of one customer in a minute that are kept from a channel that cannot be told to wait (Telegram). What comes faster is not kept,
    /// and the owner is told where to look. Default 600, which nobody types.
    /// </summary>
    [Range(1, 100_000)]
    public int MostKeptPerMinute { get; set; } = 600;

    /// <summary>Conversations that one network address may begin in the web chat in a minute; all visitors share one behind a proxy. Default
    /// 1,200.</summary>
    [Range(1, 100_000)]
    public int MostNewPerMinute { get; set; } = 1200;

    /// <summary>Pictures that one customer may send in a day, all at once or spread. Default 60.</summary>
    [Range(1, 100_000)]
    public int MostPicturesPerDay { get; set; } = 60;

    /// <summary>Megabytes that the pictures of all customers may take on the disk; beyond it further ones are refused, and the owner is told. Default
    /// 4,000.</summary>
    [Range(1, 10_000_000)]
    public int MostPictureMegabytes { get; set; } = 4000;

    /// <summary>Requests for news of the web chat and the API that may wait at once, each of which holds a connection. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MostListening { get; set; } = 2000;

    /// <summary>Of those, from one network address. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MostListeningOfAddress { get; set; } = 1000;

    /// <summary>
    /// Sign-ins to the console that one network address may try in a minute, right ones included; and wrong tokens and channel keys that it may show,
    /// before it is not listened to for a moment. Default 30.
    /// </summary>
    [Range(1, 100_000)]
    public int MostSignInsPerMinute { get; set; } = 30;

    /// <summary>
    /// Conversations that may wait for a decision at once; new ones are refused until some are decided. Default 2,000,
    /// which a small machine decides in a few seconds: a customer who has to wait longer is better told so.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MostConversationsWaiting { get; set; } = 2000;
}
