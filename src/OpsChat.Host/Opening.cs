using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Drafting.Prompts;
using OpsChat.Facts;
using OpsChat.Models.Encoding;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.ShopData.Http;
using OpsChat.Storage;
using OpsChat.Storage.Postgres;

namespace OpsChat.Host;

/// <summary>Opens what the host stands on. Whatever is wrong with it is a sentence here, before anything runs.</summary>
static class Opening
{
    // Without what stands there: it may be a secret in the wrong place.
    private const string WrongAddress =
        "OpsChat__Urls has an address that OpsChat cannot listen on. Write scheme, host and port alone, like http://127.0.0.1:5080; "
            + "several are parted by ;.";

    public static OpsChatOptions Options(IConfiguration configuration)
    {
        if (SettingsReading.Unreadable(configuration) is { Count: > 0 } unreadable)
        {
            throw new OptionsValidationException("OpsChat", typeof(OpsChatOptions), unreadable);
        }

        var options = new OpsChatOptions();
        configuration.GetSection("OpsChat").Bind(options);
        var problems = new List<System.ComponentModel.DataAnnotations.ValidationResult>();
        foreach (object part in new object[] { options, options.Approvals, options.Messages, options.Telegram })
        {
            System.ComponentModel.DataAnnotations.Validator.TryValidateObject(part, new(part), problems, validateAllProperties: true);
        }

        List<string> wrong =
        [
            .. problems.Select(p => $"A setting is out of range: {p.ErrorMessage}"),
            .. options.Urls.Split(';').All(IsAddress) ? Array.Empty<string>() : [WrongAddress],
            .. options.Telemetry is { } collector && (!collector.IsAbsoluteUri || collector.Scheme is not ("http" or "https"))
                ? ["OpsChat__Telemetry is no web address. Write it like http://127.0.0.1:4318, or leave it empty."]
                : Array.Empty<string>(),
            .. options.Webhook.Problems(),
            .. options.Widget.Problems(),
            .. options.Telegram.Problems(),
        ];
        return wrong.Count == 0 ? options : throw new OptionsValidationException("OpsChat", typeof(OpsChatOptions), wrong);
    }

    /// <summary>Scheme, host and port, and nothing behind them. Any host may stand as * or +, which no web address can be.</summary>
    private static bool IsAddress(string url) =>
        Uri.TryCreate(
            url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal),
            UriKind.Absolute,
            out var address
        ) && address is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" };

    /// <summary>By which people know this process.</summary>
    public static string HostName => $"{Environment.MachineName} ({Environment.ProcessId})";

    /// <summary>Opens all of it for a host, which works beside the others where the store is shared.</summary>
    /// <param name="learn">Makes of a set of playbooks what reads messages; null: it is learned from their examples.</param>
    public static async Task<OpenedShop> OpenForHostAsync(
        IStore store,
        OpsChatOptions options,
        TimeProvider time,
        CancellationToken cancellationToken,
        Func<PlaybookSet, PlaybookSnapshot>? learn = null
    )
    {
        if (store is PostgresStore shared)
        {
            await JoinAsync(shared, options, cancellationToken);
        }

        var synced = store.IsShared ? await ExchangeFilesAsync(store, options, time, cancellationToken) : null;
        return await OpenAsync(store, options, Files(options), LastGood(options), synced, time, learn ?? PlaybookSnapshot.From, cancellationToken);
    }

    /// <summary>Opens all of it for a command. Where hosts share the store it has what they have, and whatever lies in its own folders, a draft in a
    /// checkout, stays there.</summary>
    /// <param name="mayBegin">Whether the command is a host of its own, which may be a shop's first.</param>
    /// <exception cref="SetupException">The data folder was never a shop's.</exception>
    public static async Task<OpenedForCommand> OpenForCommandAsync(
        OpsChatOptions options,
        TimeProvider time,
        CancellationToken cancellationToken,
        bool mayBegin = false
    )
    {
        var store = await (mayBegin ? StoreAsync(options, cancellationToken) : StoreForCommandAsync(options, cancellationToken));
        StoredFiles? stored = null;
        try
        {
            stored = store.IsShared ? await StoredFiles.LayAsync(store, Environment.MachineName, time, cancellationToken) : null;
            var files = stored?.Files ?? Files(options);
            // The last good versions lie beside the files that they are of.
            var lastGood = stored is null ? LastGood(options) : Path.Combine(files.Playbooks, "..", "last-good");
            var shop = await OpenAsync(store, options, files, lastGood, stored?.Synced, time, PlaybookSnapshot.From, cancellationToken);
            return new(shop, files, stored);
        }
        catch
        {
            stored?.Dispose();
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes this process one of the hosts at work on a PostgreSQL database. It has its data folder alone: whichever host had it before has
    /// ended, and its place is free. Of a folder that was copied, or moved, nobody knows: the host that had it may be at work where it came from.
    /// </summary>
    private static async Task JoinAsync(PostgresStore store, OpsChatOptions options, CancellationToken cancellationToken)
    {
        var (kept, here) = (Path.Combine(options.Data, "host-id"), $"{Environment.MachineName} {Path.GetFullPath(options.Data)}");
        var before =
            File.Exists(kept) && await File.ReadAllLinesAsync(kept, cancellationToken) is [var id, var where] && where == here ? id : null;
        await store.JoinAsync(HostName, before, Tell, cancellationToken);
        await File.WriteAllLinesAsync(kept, [store.HostId!, here], cancellationToken);
    }

    private static void Tell(string other) =>
        Console.WriteLine($"The host {other}, of an older version, is at work and works alone. Stop it, and this one goes on.");

    private static async Task<OpenedShop> OpenAsync(
        IStore store,
        OpsChatOptions options,
        OwnedFiles files,
        string lastGood,
        SyncedFiles? synced,
        TimeProvider time,
        Func<PlaybookSet, PlaybookSnapshot> learn,
        CancellationToken cancellationToken
    )
    {
        var catalog = Catalog(files.Playbooks, lastGood, time, learn);
        var canary = await OpenCanaryAsync(store, options, files.Canary, synced, cancellationToken);
        if (synced is not null)
        {
            await new RolloutDesk(store, canary, () => catalog.Current, time, "opschat").BeginAsync(cancellationToken);
        }

        return new(
            store,
            await TokenAsync(store, options, cancellationToken),
            catalog,
            Shop(options, catalog.Current.Policy, time),
            canary,
            new PromptLibrary(files.Prompts),
            await Remembered.ReadAsync(store, time.GetUtcNow(), cancellationToken)
        );
    }

    /// <summary>The store of a shop that a host has opened before. A command that was not told the data folder of the host that runs would
    /// otherwise fill a second one beside it, and say that all is done.</summary>
    /// <exception cref="SetupException">The data folder was never a shop's.</exception>
    public static Task<IStore> StoreForCommandAsync(OpsChatOptions options, CancellationToken cancellationToken) =>
        NeverOpened(options) is { } sentence ? throw new SetupException(sentence) : StoreAsync(options, cancellationToken, CommandsWait);

    /// <summary>How long a command waits for its turn at the database: a busy host commits one thing after another, and somebody waits at the
    /// terminal for a link, not for a sentence about locks.</summary>
    public static readonly TimeSpan CommandsWait = TimeSpan.FromMinutes(1);

    /// <summary>That no host was ever started on the data folder, and what to do; null where one was, or where a database is shared.</summary>
    public static string? NeverOpened(OpsChatOptions options) =>
        options.Store.Length > 0 || File.Exists(Database(options)) ? null
            : $"The data folder {Path.GetFullPath(options.Data)} holds no shop: OpsChat was never started on it. Name the folder that it was started "
                + "on with --data DIR, or start OpsChat first.";

    private static string Database(OpsChatOptions options) => Path.Combine(options.Data, "opschat.db");

    /// <param name="patience">As of the embedded store; null for the host's own.</param>
    public static async Task<IStore> StoreAsync(OpsChatOptions options, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        DataFolder.Open(options.Data);
        return options.Store.Length > 0
            ? await PostgresStore.OpenAsync(options.Store, cancellationToken)
            : await SqliteStore.OpenAsync(Database(options), cancellationToken, patience);
    }

    public static PlaybookCatalog<PlaybookSnapshot> Catalog(OpsChatOptions options, TimeProvider time) =>
        Catalog(FromHome(options.Playbooks), LastGood(options), time, PlaybookSnapshot.From);

    private static string LastGood(OpsChatOptions options) => Path.Combine(options.Data, "last-good");

    private static PlaybookCatalog<PlaybookSnapshot> Catalog(
        string folder,
        string lastGood,
        TimeProvider time,
        Func<PlaybookSet, PlaybookSnapshot> learn
    ) =>
        Directory.Exists(folder)
            ? new(folder, lastGood, time, learn)
            : throw new SetupException(
                $"There is no playbooks folder at {folder}. Start OpsChat in its own folder, or name the playbooks with OpsChat__Playbooks."
            );

    /// <summary>The sentence encoder with what it kept from earlier starts, or why there is none.</summary>
    public static OpenedEncoder Encoder(OpsChatOptions options) => options.Encoder == EncoderUse.Off
        ? new OpenedEncoder.Unavailable("Switched off by OpsChat__Encoder: messages are understood by words and letters alone.")
        : MiniLmEncoder.Open(MiniLmEncoder.UsualFolder);

    /// <summary>The same for a command that waits for it; null when there is none.</summary>
    public static CachedEncoder? EncoderOrNull(OpsChatOptions options) =>
        Encoder(options) is OpenedEncoder.Ready ready ? Cached(ready.Encoder, options) : null;

    /// <summary>Keeps vectors in the data folder, when there is one: a command that only reads makes none.</summary>
    public static CachedEncoder Cached(MiniLmEncoder encoder, OpsChatOptions options, CancellationToken stopping = default) =>
        new(
            encoder,
            Directory.Exists(options.Data) ? new VectorFile(Path.Combine(options.Data, "encoder-vectors.bin")) : null,
            new VectorFile(ShippedVectors),
            stopping
        );

    /// <summary>Vectors of the texts that come with OpsChat, made by its build (the command <c>vectors</c>).</summary>
    private static string ShippedVectors => Path.Combine(MiniLmEncoder.UsualFolder, "shipped-vectors.bin");

    /// <summary>
    /// The file of the rollout. The one that comes with OpsChat is the demo shop's: a shop of its own keeps its rollout with its data, so
    /// that neither
    /// starts where the other stands. A file that is named, or that stands in a working folder elsewhere, is the one.
    /// </summary>
    public static string CanaryPath(OpsChatOptions options)
    {
        var named = FromHome(options.Canary);
        var own = Path.GetFullPath(Path.Combine(options.Data, OwnedFiles.CanaryName));
        return options.Canary != OwnedFiles.CanaryName || (File.Exists(named) && !IsShipped(named)) ? named
            : File.Exists(own) || options.Shop.Length > 0 ? own
            : named;
    }

    /// <summary>The rollout for a command that only looks: it makes no file. Of a shop that was never opened, what it will begin with.</summary>
    public static (CanaryConfig Config, IReadOnlyList<Finding> Findings) Canary(OpsChatOptions options)
    {
        var path = CanaryPath(options);
        if (!File.Exists(path))
        {
            return (Beginning(options), []);
        }

        var file = CanaryConfigFile.Open(path);
        return (file.Current.Config, file.Findings);
    }

    /// <summary>The owner's files become what all hosts have, before anything is read of them; a first host's become everybody's.</summary>
    private static async Task<SyncedFiles> ExchangeFilesAsync(
        IStore store,
        OpsChatOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var id = await store.ReadAsync(session => session.Settings.Get(SettingNames.StoreId), cancellationToken);
        var files = Files(options);
        var synced = SyncedFiles.Open(options.Data, id ?? "", files);
        using var exchange = new FileExchange(files, synced, store, Environment.MachineName, time, NullLogger.Instance);
        await exchange.LookAsync(cancellationToken);
        return synced;
    }

    /// <summary>The owner's files.</summary>
    public static OwnedFiles Files(OpsChatOptions options) =>
        new(FromHome(options.Playbooks), FromHome(options.Prompts), CanaryPath(options), FromHome(options.Operations));

    private static async Task<CanaryConfigFile> OpenCanaryAsync(
        IStore store,
        OpsChatOptions options,
        string path,
        SyncedFiles? synced,
        CancellationToken cancellationToken
    )
    {
        var (recorded, isOfDemo) = await store.ReadAsync(
            session => (RolloutRecord.Last(session), session.Settings.Get(SettingNames.OpenedFor) == DemoMark),
            cancellationToken
        );
        return CanaryConfigFile.Open(
            path,
            isOfDemo && options.Shop.Length > 0 ? Beginning(options) : recorded ?? Beginning(options),
            synced
        );
    }

    /// <summary>What a shop begins with: the settings that come with OpsChat, everybody at the first stage.</summary>
    private static CanaryConfig Beginning(OpsChatOptions options)
    {
        var shipped = FromHome(options.Canary);
        var config = (File.Exists(shipped) ? CanaryConfigText.Read(shipped, OwnersFile.Bytes(shipped)).Config : null) ?? new CanaryConfig();
        return config with { Percentage = config.Stages[0], Playbooks = config.Playbooks.Clear(), ReadByModel = null };
    }

    private static bool IsShipped(string file) => File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "OpsChat.sln"));

    private const string DemoMark = "demo";

    /// <summary>Keeps whose data folder it is: the demo shop's, or the shop's own.</summary>
    /// <returns>What to tell when the demo shop's conversations lie in it beside a shop's own; null when all is well.</returns>
    public static Task<string?> MarkAsync(IStore store, OpsChatOptions options, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var (was, now) = (session.Settings.Get(SettingNames.OpenedFor), options.Shop.Length == 0 ? DemoMark : "own");
        if (was is null)
        {
            session.Settings.Set(SettingNames.OpenedFor, now);
        }

                return was == DemoMark && now != DemoMark
                    ? $"The data folder {Path.GetFullPath(options.Data)} was used with the demo shop: its conversations and figures stand "
                        + "beside yours. Start with a folder of its own: --data DIR."
                    : null;
            },
            cancellationToken
        );

    /// <summary>The shop's data: CSV exports in a folder, or a commerce backend when the setting is an address.</summary>
    public static IShop Shop(OpsChatOptions options, ShopPolicy policy, TimeProvider time) =>
        Shop(options, new ShopFolderSettings(policy.TimeZone, policy.Currency, policy.DayFirst, policy.Url), time);

    /// <inheritdoc cref="Shop(OpsChatOptions, ShopPolicy, TimeProvider)"/>
    public static IShop ShopOf(OpsChatOptions options, ShopProfile profile, TimeProvider time) =>
        Shop(options, new ShopFolderSettings(profile.Hours.Zone, profile.Currency, profile.DayFirst, profile.Url), time);

    private static IShop Shop(OpsChatOptions options, ShopFolderSettings settings, TimeProvider time) =>
        ShopAddress(options) is { } address ? new HttpShop(ClientOf(address), time) : new CsvShop(ShopFolder(options), settings, time);

    /// <summary>A user and password in the address are shown to the shop's system as HTTP knows it, and stand in no error.</summary>
    private static HttpClient ClientOf(Uri address)
    {
        var plain = new UriBuilder(address) { UserName = "", Password = "" }.Uri;
        var client = new HttpClient { BaseAddress = plain, Timeout = TimeSpan.FromSeconds(5) };
        if (address.UserInfo.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))
            );
        }

        return client;
    }

    /// <summary>Where the commerce backend is; null when the shop's data are files.</summary>
    public static Uri? ShopAddress(OpsChatOptions options) =>
        Uri.TryCreate(options.Shop.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    /// <summary>The shop's exports, or the demo shop that comes with the host.</summary>
    public static string ShopFolder(OpsChatOptions options)
    {
        var folder = options.Shop.Length > 0 ? options.Shop : Path.Combine(AppContext.BaseDirectory, "DemoShop");
        return Directory.Exists(folder)
            ? folder
            : throw new SetupException(
                folder.Contains("://", StringComparison.Ordinal)
                    ? "OpsChat__Shop is no web address that OpsChat can call. Write it whole: https://shop.example/api, or name the folder "
                        + "of your exports."
                    : $"There is no folder {folder} with the shop's data. Set OpsChat__Shop to the folder of your exports, or leave it "
                        + "empty for the demo shop."
            );
    }

    /// <summary>The folder that operations watch: the shop's exports, or, when the shop is a commerce backend, the place for files beside
    /// it.</summary>
    public static string WatchedFolder(OpsChatOptions options) => ShopAddress(options) is null ? ShopFolder(options) : PostedFolder(options);

    /// <summary>Where rows that the shop's system posts are kept.</summary>
    public static string PostedFolder(OpsChatOptions options) => Path.Combine(Path.GetFullPath(options.Data), "feeds");

    /// <summary>The name in the <c>_shop.md</c> that comes with OpsChat.</summary>
    public const string DemoName = "Kedai Kunang-Kunang";

    /// <summary>Own data under the demo shop's name: what customers would be told; null when all is well.</summary>
    public static string? WrongName(OpsChatOptions options, ShopProfile profile) =>
        options.Shop.Length > 0 && profile.Name == DemoName
            ? $"Customers would be told that they write to {DemoName}, the demo shop, with its address, hours and fees: edit "
                + $"{Path.Combine(FromHome(options.Playbooks), ShopProfile.ShopFile)}."
            : null;

    /// <summary>A relative path as seen from the working folder or, when it is not there, from the folder of the checkout that the host was built
    /// in.</summary>
    public static string FromHome(string path)
    {
        if (Path.IsPathRooted(path) || File.Exists(path) || Directory.Exists(path))
        {
            return Path.GetFullPath(path);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OpsChat.sln")))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        return Path.GetFullPath(path);
    }

    /// <summary>The owner's token: from the settings, else the one made at the first run.</summary>
    private static async Task<OwnerToken> TokenAsync(IStore store, OpsChatOptions options, CancellationToken cancellationToken)
    {
        if (options.OwnerToken.Length > 0)
        {
            return new(options.OwnerToken);
        }

        return new(await store.WriteAsync(session =>
        {
            if (session.Settings.Get(SettingNames.OwnerToken) is { } known)
            {
                return known;
            }

            var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
            session.Settings.Set(SettingNames.OwnerToken, made);
            return made;
        }, cancellationToken));
    }
}
