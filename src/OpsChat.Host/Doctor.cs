using OpsChat.Agent;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using OpsChat.Models.Encoding;
using OpsChat.ShopData;
using OpsChat.Storage;

namespace OpsChat.Host;

/// <summary>One thing that <c>doctor</c> looked at.</summary>
/// <param name="IsFailure">False for what is merely not set up.</param>
sealed record Diagnosis(string Part, bool Works, string Sentence, bool IsFailure = true)
{
    /// <summary>Further lines, each about one thing.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>It works, and some of it should be looked at.</summary>
    public bool IsDoubtful { get; init; }
}

/// <summary>What works, what does not, and what to do about it. Shows no secret.</summary>
static class Doctor
{
    /// <param name="store">Looks at the store: the running host has it open already.</param>
    /// <param name="isHost">Whether the running host looks at itself: it knows its settings, and has the sentence encoder loaded, which takes about
    /// 100 MB of memory.</param>
    internal static async Task<IReadOnlyList<Diagnosis>> LookAsync(
        OpsChatOptions options,
        Func<Task<Diagnosis>> store,
        bool isHost,
        CancellationToken cancellationToken
    ) =>
        [
            await TryAsync("Store", store),
            await TryAsync("Folder", () => Task.FromResult(Folder(options))),
            await TryAsync("Playbooks", () => Task.FromResult(Playbooks(options))),
            await TryAsync("Shop data", () => Task.FromResult(Shop(options))),
            await TryAsync("Canary", () => Task.FromResult(Canary(options))),
            Clock(),
            OwnerSide(options, isHost),
            .. isHost ? Array.Empty<Diagnosis>() : [Encoder(options)],
            Model(options),
            Webhook(options.Webhook),
            .. await TelegramCheck.LookAsync(
                options.Telegram,
                options.Approvals.Approvers.Count(a => a.TelegramId != 0),
                TimeProvider.System,
                cancellationToken
            ),
        ];

    private static async Task<Diagnosis> TryAsync(string part, Func<Task<Diagnosis>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (e is SetupException or StoreException or IOException or UnauthorizedAccessException)
        {
            return new(part, false, e.Message);
        }
    }

    /// <summary>Comes after the store, which closes the folder to others where it may.</summary>
    private static Diagnosis Folder(OpsChatOptions options) =>
        !Directory.Exists(options.Data) ? new("Folder", true, $"{Path.GetFullPath(options.Data)} is made at the first start, open to nobody else.")
        : DataFolder.Trouble(options.Data) is { } trouble ? new("Folder", false, trouble)
        : new("Folder", true, $"{Path.GetFullPath(options.Data)} is open to nobody else.");

    private static Diagnosis Playbooks(OpsChatOptions options)
    {
        var set = Playbooks_Load(options);
        var errors = set.Findings.Where(f => f.IsError).ToList();
        return errors.Count > 0
            ? new("Playbooks", false, $"{errors.Count} error(s), the first: {errors[0]} Run `check` for all.")
            : new("Playbooks", true, $"{set.Playbooks.Count} in force. {Opening.WrongName(options, set.Shop)}".TrimEnd())
            {
                IsDoubtful = Opening.WrongName(options, set.Shop) is not null,
            };
    }

    private static Playbooks.PlaybookSet Playbooks_Load(OpsChatOptions options) => PlaybookFolder.Load(Opening.FromHome(options.Playbooks));

    private static Diagnosis Shop(OpsChatOptions options)
    {
        if (Opening.ShopAddress(options) is { } address)
        {
            // The host alone: user, path and query may be credentials.
            return new("Shop data", true, $"{address.Host} is asked for orders and products. It was not called.");
        }

        var set = Playbooks_Load(options);
        var profile = set.Shop;
        var shop = new CsvShop(
            Opening.ShopFolder(options),
            new ShopFolderSettings(profile.Hours.Zone, profile.Currency, profile.DayFirst, profile.Url),
            TimeProvider.System
        );
        if (shop.Counts is not { } counts)
        {
            return new("Shop data", false, string.Join(" ", shop.Findings.Take(3)));
        }

        var origin = options.Shop.Length == 0 ? " (the demo shop; set OpsChat__Shop to your exports)" : "";
        var summary = $"{counts.Orders:N0} orders, {counts.Products:N0} products, {counts.Customers:N0} customers{origin}.";
        string[] missing =
        [
            .. counts.Orders == 0
                ? ["No order is in force: questions about orders go to a person. Put an export of orders into the folder."]
                : Array.Empty<string>(),
            .. counts.Products == 0
                ? ["No product is in force: questions about products go to a person. Put an export of products into the folder."]
                : Array.Empty<string>(),
        ];
        return new("Shop data", missing.Length == 0 && !shop.Findings.Any(finding => finding.IsError), summary)
        {
            IsDoubtful = shop.Findings.Count > 0,
            Details = [.. missing, .. FindingsOf(shop), .. shop.Files.SelectMany(file => OfFile(file, set)), .. NotThere(shop.Files)],
        };
    }

    /// <summary>Every file that something is wrong with, so that many findings of one hide none of another.</summary>
    private static IEnumerable<string> FindingsOf(CsvShop shop) => shop.Findings.GroupBy(finding => finding.File, StringComparer.Ordinal)
        .OrderByDescending(file => file.Any(finding => finding.IsError)).ThenBy(file => file.Key, StringComparer.Ordinal)
        .SelectMany(file => file.OrderByDescending(finding => finding.IsError).Take(MostOfAFile).Select(finding => finding.ToString())
            .Concat(file.Count() > MostOfAFile ? [$"{file.Key} has {file.Count() - MostOfAFile} more like these; `ops check` lists them all."] : []));

    private const int MostOfAFile = 3;

    /// <summary>What a file was taken for, what was read from it, and what its missing columns cost.</summary>
    private static IEnumerable<string> OfFile(FileSummary file, Playbooks.PlaybookSet set) =>
        [
            (
                $"{file.File}: {file.InWords}{(file.IsInForce ? "" : "; this version is not in force")}. "
                + string.Concat(file.Says.Select(said => said + ". "))
            ).TrimEnd(),
            .. file.Gaps.Select(gap => $"{file.File} lacks {gap.Column}: {gap.Means}.{Affected(gap, set)}"),
        ];

    private static string Affected(FeedGap gap, Playbooks.PlaybookSet set) =>
        set
            .Playbooks.Where(playbook => playbook.FactNames().Overlaps(gap.Facts))
            .Select(playbook => playbook.Issue)
            .Order(StringComparer.Ordinal)
            .ToList()
            is { Count: > 0 } affected
            ? $" Affects {string.Join(", ", affected)}."
            : "";

    /// <summary>Files that would tell more, where none of their kind is there.</summary>
    private static IEnumerable<string> NotThere(IReadOnlyList<FileSummary> files) =>
        new[]
        {
            ("parcels", "where a parcel is, and whether it arrived"),
            ("returns", "how a return goes on"),
            ("stock by place", "what is in stock in all places"),
            ("purchase orders", "when something is back in stock"),
        }
            .Where(kind => !files.Any(file => file.Holds == kind.Item1))
            .Select(kind => $"No file of {kind.Item1} is there. It would tell {kind.Item2}.");

    private static Diagnosis Canary(OpsChatOptions options)
    {
        var (config, findings) = Opening.Canary(options);
        return findings.Count == 0
            ? new("Canary", true, $"{config.Percentage:0.##} % of customers are answered automatically, by {Opening.CanaryPath(options)}.")
            : new("Canary", false, string.Join(" ", findings));
    }

    private static Diagnosis Clock()
    {
        var now = TimeProvider.System.GetUtcNow();
        return now.Year is >= 2026 and < 2100
            ? new("Clock", true, $"{now:yyyy-MM-dd HH:mm} UTC.")
            : new("Clock", false, $"The computer's clock says {now:yyyy-MM-dd}. Set it; deadlines and dates in replies depend on it.");
    }

    private static Diagnosis Encoder(OpsChatOptions options)
    {
        var opened = Opening.Encoder(options);
        using var encoder = (opened as OpenedEncoder.Ready)?.Encoder;
        return opened is OpenedEncoder.Unavailable unavailable
            ? new("Encoder", false, unavailable.Sentence, IsFailure: false)
            : new("Encoder", true, "Messages are also understood by their meaning, in this process; nothing is sent anywhere.");
    }

    private static string Wording(ModelOptions model) =>
        model.Wording == ModelWording.Composed
            ? "What leaves by itself is made of your own texts and phrases."
            : "OpsChat__Model__Wording is free: the model's own sentences reach customers without a person. The guardrails stop what they "
                + "recognise, and that is not everything; "
                + "remove the setting to have only your own words sent.";

    /// <summary>Looks at the settings and prompts only: a question to the model would cost money.</summary>
    private static Diagnosis Model(OpsChatOptions options)
    {
        var model = options.Model;
        if (model.Provider == ModelProvider.None)
        {
            return new(
                "Model",
                false,
                "Not set up; replies go out in the owner's own words. Set OpsChat__Model__Provider to openai or anthropic to have more "
                    + "messages understood and drafts worded.",
                IsFailure: false
            );
        }

        var folder = Opening.FromHome(options.Prompts);
        var problems = model
            .Problems()
            .Concat(PromptSet.Load(folder).Findings.Where(f => f.IsError).Take(1).Select(f => $"{f} Run `check` for all."))
            .ToList();
        return problems.Count > 0
            ? new("Model", false, string.Join(" ", problems))
            : new(
                "Model",
                true,
                $"{model.Name} at {model.Endpoint?.Host ?? $"{model.Provider}'s own endpoint"}, at most {model.DailyTokens:N0} tokens a "
                    + $"day{(model.DailyCost is { } cost ? $" and {cost:0.##} in money" : "")}; prompts from {folder}. {Wording(model)} It "
                    + "was not asked anything."
            );
    }

    /// <summary>Looks at the settings only: whatever is sent there would be taken for an event.</summary>
    private static Diagnosis Webhook(WebhookOptions webhook) =>
        webhook.Url is { } url
            ? new(
                "Webhook",
                true,
                $"{url.Host} is told answers and to-dos, and may deliver customers' messages at /api/webhook. It was not called."
            )
            : new(
                "Webhook",
                false,
                "Not set up. Set OpsChat__Webhook__Url and OpsChat__Webhook__Secret for a shop system that has customers of its own, or "
                    + "shall be told what there is to do.",
                IsFailure: false
            );

    private static Diagnosis OwnerSide(OpsChatOptions options, bool isHost)
    {
        var running = HostAddress.Of(options);
        var key = !isHost && running is not null ? "only the running host knows whether it has a channel key for other software"
            : options.ChannelKey.Length > 0 ? "the channel key for other software is set"
            : "no channel key is set, so /api/chat is closed";
        var open =
            HostNames.AreLoopback(options) || HostNames.ArePublic(options)
                ? ""
                : " Others can reach it: put a proxy with TLS in front, and set OpsChat__Hosts to the public name, so that cookies are "
                    + "kept to https.";
        return new("Console", true, $"{running ?? options.Urls}/owner; {key}.{open}");
    }
}
