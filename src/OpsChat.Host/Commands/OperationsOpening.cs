using System.CommandLine;
using System.CommandLine.Parsing;
using OpsChat.Agent;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Storage;

namespace OpsChat.Host.Commands;

/// <summary>The settings and the shop that operations commands work with.</summary>
/// <param name="Hours">When the replayed shop ships; a folder from elsewhere says nothing, so every day counts.</param>
/// <param name="DayFirst">The owner's word on dates such as 03/04/2026; null when there is none.</param>
sealed record OperationsOpening(OperationsSettings Settings, OpeningHours Hours, bool? DayFirst)
{
    private static readonly string[] s_commands =
    [
        "ops",
        "alerts",
        "brief",
        "stock",
        "purchase-list",
        "forecast",
        "late",
        "supplier",
        "returns",
        "ltv",
        "ads",
        "kpi",
        "ask",
    ];

    public static OperationsOpening Read(IConfiguration configuration)
    {
        var options = Opening.Options(configuration);
        var profile = PlaybookFolder.Load(Opening.FromHome(options.Playbooks)).Shop;
        return new(Config(options, profile).Current, OpeningHours.Always(profile.Hours.Zone), profile.DayFirst);
    }

    public static ShopHistory History(string folder, OperationsOpening opening)
    {
        if (!Directory.Exists(folder))
        {
            throw new BadUseException($"There is no folder {folder}.");
        }

        var calendar = new ShopCalendar(opening.Hours);
        var settings = new ShopFolderSettings(calendar.Zone, opening.Settings.Currency, opening.DayFirst) { Calendar = calendar };
        return ShopHistory.Build(new ShopHistoryFolder(folder, settings).Read(null).Rows, calendar, opening.Settings.Currency);
    }

    /// <summary>The settings that hold; a broken file is a sentence for each of its mistakes, and nothing is done by half of them.</summary>
    public static OperationsConfigFile Config(OpsChatOptions options, ShopProfile profile)
    {
        var file = new OperationsConfigFile(Opening.FromHome(options.Operations), () => profile.Currency);
        return file.Findings.Count == 0 ? file : throw new SetupException(string.Join(Environment.NewLine, file.Findings));
    }

    /// <summary>Whether what was typed is one of these commands, or below one.</summary>
    public static bool IsOurs(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            if (at is CommandResult { Command: var command } && s_commands.Contains(command.Name))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What the commands that keep a queue work with: the store, and the desks on it.</summary>
sealed class OpenedOperations(IStore store, OperationsDesk desk, BriefingDesk briefings, OperationsSettings settings, ShopCalendar calendar)
    : IAsyncDisposable
{
    public IStore Store => store;
    public OperationsDesk Desk => desk;
    public BriefingDesk Briefings => briefings;
    public OperationsSettings Settings => settings;
    public ShopCalendar Calendar => calendar;

    public static async Task<OpenedOperations> OpenAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var options = Opening.Options(configuration);
        var profile = PlaybookFolder.Load(Opening.FromHome(options.Playbooks)).Shop;
        var settings = OperationsOpening.Config(options, profile).Current;
        var (folder, calendar) = (Opening.WatchedFolder(options), new ShopCalendar(profile.Hours));
        var store = await Opening.StoreForCommandAsync(options, cancellationToken);
        var desk = new OperationsDesk(store, new(folder, Opening.PostedFolder(options), store, () => profile), () => settings);
        return new(store, desk, new(store, () => calendar, () => settings), settings, calendar);
    }

    /// <summary>A moment that was asked for, or now: a day alone means its morning look at 06:00, as in a replay.</summary>
    public DateTimeOffset Moment(DateOnly? asOf) => asOf is { } day ? calendar.At(day, new(6, 0)) : TimeProvider.System.GetUtcNow();

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
