using System.Data.Common;
using System.Text.Json;
using Dapper;
using OpsChat.Storage.Postgres;
using OpsChat.Storage.Tables;

namespace OpsChat.Storage;

/// <summary>One transaction's view of the tables. Valid only inside the work it was handed to.</summary>
public sealed class UnitOfWork
{
    /// <param name="host">The host that asks, where several are at work on the store.</param>
    internal UnitOfWork(DbConnection connection, string? host = null)
    {
        RowMapping.Ensure();
        Hosts = new(connection, host);
        Audit = new(connection);
        AuditedRows = new(connection, Audit);
        Inbox = new(connection, AuditedRows);
        Outbox = new(connection, AuditedRows, host);
        Pictures = new(connection);
        Conversations = new(connection);
        Cases = new(connection);
        Turns = new(connection, AuditedRows);
        Approvals = new(connection, AuditedRows);
        HandOffs = new(connection, AuditedRows);
        SecondSteps = new(connection);
        ToDos = new(connection);
        Notices = new(connection);
        Translations = new(connection);
        ModelUses = new(connection);
        Passkeys = new(connection);
        ErrorFeed = new(connection);
        Counters = new(connection, ErrorFeed);
        Evidence = new(connection);
        Outcomes = new(connection, Counters, Evidence);
        RolloutChanges = new(connection);
        RolloutQuestions = new(connection);
        Settings = new(connection);
        Seen = new(connection);
        Thumbs = new(connection);
        Desk = new(connection);
        Privacy = new(connection);
        History = new(connection);
        Alerts = new(connection);
        Lanes = new(connection);
        ShopActions = new(connection);
        Changes = new(connection);
        Handling = new(connection);
        InboxRows = new(connection);
        Search = new(connection);
        People = new(connection);
        UnreadUpdates = new(connection);
        OwnerUpdates = new(connection);
        Files = new(connection);
        Pins = new(connection);
        Proposals = new(connection);
        Limits = new(connection);
        TemporaryValues = new(connection);
        ModelSpend = new(connection);
        CookieKeys = new(connection);
        SharedFiles = new(connection);
        PostedFeeds = new(connection);
    }

    public HostTable Hosts { get; }
    public ChangeTable Changes { get; }
    public HandlingTable Handling { get; }
    public InboxRowTable InboxRows { get; }
    public SearchTable Search { get; }
    public PeopleTable People { get; }
    public FileTable Files { get; }
    public PinTable Pins { get; }
    public ProposalTable Proposals { get; }
    public LimitTable Limits { get; }
    public TemporaryValueTable TemporaryValues { get; }
    public ModelSpendTable ModelSpend { get; }
    public CookieKeyTable CookieKeys { get; }
    public SharedFileTable SharedFiles { get; }
    public PostedFeedTable PostedFeeds { get; }
    public InboxTable Inbox { get; }
    public PictureTable Pictures { get; }
    public OutboxTable Outbox { get; }
    public ConversationTable Conversations { get; }
    public CaseTable Cases { get; }
    public TurnTable Turns { get; }
    public ApprovalTable Approvals { get; }
    public HandOffTable HandOffs { get; }
    public SecondStepTable SecondSteps { get; }
    public ToDoTable ToDos { get; }
    public AuditTable Audit { get; }
    /// <summary>The rows that the log vouches for.</summary>
    public AuditedRowsTable AuditedRows { get; }
    public NoticeTable Notices { get; }
    public TranslationTable Translations { get; }
    public ModelUseTable ModelUses { get; }
    public PasskeyTable Passkeys { get; }
    public ErrorFeedTable ErrorFeed { get; }
    public CounterTable Counters { get; }
    public OutcomeTable Outcomes { get; }
    public EvidenceTable Evidence { get; }
    public RolloutChangeTable RolloutChanges { get; }
    public RolloutQuestionTable RolloutQuestions { get; }
    public SettingsTable Settings { get; }
    public SeenTable Seen { get; }
    public ThumbTable Thumbs { get; }
    public DeskTable Desk { get; }
    public PrivacyTable Privacy { get; }
    public HistoryTable History { get; }
    public AlertTable Alerts { get; }
    public LaneTable Lanes { get; }
    public ShopActionTable ShopActions { get; }
    public UnreadUpdateTable UnreadUpdates { get; }
    public OwnerUpdateTable OwnerUpdates { get; }
}

/// <summary>How values become columns: milliseconds since 1970 for times, JSON text for lists.</summary>
static class Columns
{
    public static long Ms(this DateTimeOffset at) => at.ToUnixTimeMilliseconds();
    public static long? Ms(this DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();
    public static DateTimeOffset Time(this long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
    public static DateTimeOffset? Time(this long? ms) => ms is { } value ? value.Time() : null;

    /// <summary>An amount stands in two columns, and is null where the first one is.</summary>
    public const string Amount = "amount_minor || ' ' || coalesce(currency, '') as amount";

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
    public static T Value<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)
        ?? throw new StoreException($"A stored {typeof(T).Name} is empty. Restore a backup.");

    public static IReadOnlyList<T> List<T>(string json) =>
        json == "[]" ? [] : JsonSerializer.Deserialize<List<T>>(json, JsonSerializerOptions.Web) ?? [];

    /// <summary>Says a sentence to whose answer nobody listens: on PostgreSQL it may travel with the next one, and fail with it.</summary>
    public static void RunUnheard(this DbConnection connection, string sql, object? values)
    {
        if (connection is PostgresConnection postgres)
        {
            postgres.SayUnheard(() => connection.Execute(sql, values));
        }
        else
        {
            connection.Execute(sql, values);
        }
    }

    /// <returns>How many rows it added, changed or took away.</returns>
    public static int Affected(this DbConnection connection, string sql, object? values = null) => connection.Execute(sql, values);
}
