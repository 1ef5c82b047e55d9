using System.Globalization;
using OpsChat.Agent;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>What an approver asks for with a command. Closed.</summary>
public abstract record OwnerCommand
{
    private OwnerCommand() { }

    public sealed record Report(int Days) : OwnerCommand;

    public sealed record CanaryStatus : OwnerCommand;

    /// <param name="Playbook">Null for all.</param>
    public sealed record CanarySet(decimal Percentage, string? Playbook) : OwnerCommand;

    public sealed record Pause : OwnerCommand;

    /// <summary>In a customer's topic or as a reply: gives this customer back to the agent. Else: ends the pause.</summary>
    public sealed record Resume : OwnerCommand;

    public sealed record Why : OwnerCommand;

    public sealed record Find(string Words) : OwnerCommand;

    /// <summary>The briefing as it would be now.</summary>
    public sealed record Brief : OwnerCommand;

    /// <summary>The exceptions, the most pressing first.</summary>
    public sealed record Exceptions : OwnerCommand;

    /// <summary>What the owner was told, the newest first.</summary>
    /// <param name="Page">From 1.</param>
    public sealed record Notices(int Page) : OwnerCommand;

    public sealed record Stock(string Sku) : OwnerCommand;

    public sealed record Ask(string Question) : OwnerCommand;

    /// <param name="Alert">The alert's id.</param>
    public sealed record Snooze(string Alert, TimeSpan For) : OwnerCommand;

    public sealed record Help : OwnerCommand;

    /// <summary>Addressed to another bot, by its name.</summary>
    public sealed record NotOurs : OwnerCommand;

    /// <param name="Remedy">What to write instead.</param>
    public sealed record Unclear(string Remedy) : OwnerCommand;

    /// <summary>The commands with what they do, as Telegram lists them.</summary>
    public static IReadOnlyList<(string Name, string Does)> All { get; } =
    [
        ("report", "error rates and advice; /report 7 for the last 7 days"),
        ("canary", "how many customers are answered automatically; /canary 25 sets it"),
        ("pause", "send nothing automatically; everything comes here"),
        ("resume", "end the pause; in a customer's topic, give that customer back to the agent"),
        ("why", "as a reply to a card, or in a topic: why it was decided so"),
        ("find", "an order or a customer: /find 1001"),
        ("brief", "what needs you, what happened overnight, what was not checked"),
        ("queue", "the shop's exceptions, the most pressing first"),
        ("notices", "what you were told, the newest first"),
        ("stock", "how long an article lasts: /stock BATSCA-SAGE"),
        ("ask", "a question about the shop: /ask what runs out this week?"),
        ("snooze", "look at an exception later: /snooze ID 3d"),
        ("help", "what can be written here"),
    ];

    /// <summary>The bot's name to which a command is addressed: <c>shop_bot</c> of <c>/report@shop_bot 7</c>; null for what is addressed to
    /// nobody.</summary>
    public static string? AddressedTo(string text) =>
        text.StartsWith('/') && text.Split(' ', '\n')[0].Split('@') is [_, { Length: > 0 } name, ..] ? name : null;

    /// <summary>Null when the text is no command.</summary>
    /// <param name="ownName">The bot's own name; null takes every command as its own.</param>
    public static OwnerCommand? Parse(string text, string? ownName = null)
    {
        if (!text.StartsWith('/'))
        {
            return null;
        }

        if (ownName is not null && AddressedTo(text) is { } other && !other.Equals(ownName, StringComparison.OrdinalIgnoreCase))
        {
            return new NotOurs();
        }

        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // In groups Telegram adds the bot's name: /report@shop_bot.
        return (words[0][1..].Split('@')[0].ToLowerInvariant(), words[1..]) switch
        {
            ("report", []) => new Report(ReportReader.DefaultDays),
            ("report", [var days, ..]) => int.TryParse(days.TrimEnd('d'), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= 3650
                ? new Report(count)
                : new Unclear("Write the days as a number: /report 7"),
            ("canary", []) => new CanaryStatus(),
            ("canary", [var percent, .. var playbook]) => decimal.TryParse(
                percent.TrimEnd('%'),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var share
            )
            && share <= 100
                ? new CanarySet(share, playbook is [var name, ..] && name != "%" ? name : null)
                : new Unclear(
                    "Write the percentage as a number from 0 to 100: /canary 25, or for one playbook /canary 25 where-is-my-order"
                ),
            ("pause", _) => new Pause(),
            ("resume", _) => new Resume(),
            ("why", _) => new Why(),
            ("find", []) => new Unclear("Write what to find: /find 1001, or /find Aisha"),
            ("find", var what) => new Find(string.Join(' ', what)),
            ("brief", _) => new Brief(),
            ("queue", _) => new Exceptions(),
            ("notices", []) => new Notices(1),
            ("notices", [var page, ..]) => int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 100_000
                ? new Notices(number)
                : new Unclear("Write the page as a number: /notices 2"),
            ("stock", []) => new Unclear("Write the article's code: /stock BATSCA-SAGE"),
            ("stock", [var sku, ..]) => new Stock(sku),
            ("ask", []) => new Unclear("Write the question: /ask what runs out this week?"),
            ("ask", var question) => new Ask(string.Join(' ', question)),
            ("snooze", [var alert]) => new Snooze(alert, TimeSpan.FromDays(1)),
            ("snooze", [var alert, var span, ..]) => Operations.Queue.AlertWords.SpanOf(span) is { } time
                ? new Snooze(alert, time)
                : new Unclear("Write how long: /snooze 819fb0 3d"),
            ("snooze", _) => new Unclear("Write which exception and how long, as /queue shows it: /snooze 819fb0 3d"),
            ("help" or "start", _) => new Help(),
            var (name, _) => new Unclear($"There is no /{MessageText.Cut(name, 32)}. /help lists what there is."),
        };
    }
}
