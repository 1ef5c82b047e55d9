using System.CommandLine;
using System.Text.Json;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using Spectre.Console;

namespace OpsChat.Host.Commands;

/// <summary><c>try</c>: what would be decided on a customer's messages, and why; nothing is sent or stored.</summary>
static class TryCommand
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create(GlobalOptions settings)
    {
        var messages = ParsedArgument.Words("MESSAGE", "What the customer writes; several are one conversation");
        var customer = new Option<string?>("--customer")
        {
            Description = "A customer of the shop's data (e-mail, order, name), or a chat for its canary arm",
            HelpName = "C",
        };
        var at = new Option<string?>("--at")
        {
            Description = "As if it were then, in the shop's time: \"2026-11-18 14:00\"",
            HelpName = "TIME",
        };
        var playbooks = new Option<string?>("--playbooks") { Description = "Folder of playbooks", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "As JSON" };
        var command = new Command("try", "Show what would be decided on a message, and why; sends nothing")
        {
            messages,
            customer,
            at,
            playbooks,
            json,
        };
        command.SetAction(
            async (parse, cancellationToken) =>
            {
                var options = Opening.Options(settings.Read(parse, ("OpsChat:Playbooks", parse.GetValue(playbooks))));
                var turns = await RunAsync(
                    options,
                    parse.GetValue(messages)!,
                    parse.GetValue(customer),
                    parse.GetValue(at),
                    cancellationToken
                );
                if (parse.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(new { turns }, s_json));
                }
                else
                {
                    turns.ForEach(Show);
                }

                return 0;
            }
        );
        return command;
    }

    private static async Task<List<TriedTurn>> RunAsync(
        OpsChatOptions options,
        string[] messages,
        string? customer,
        string? at,
        CancellationToken cancellationToken
    )
    {
        var folder = Opening.FromHome(options.Playbooks);
        var set = PlaybookFolder.Load(folder);
        if (set.Playbooks.Count == 0)
        {
            throw new SetupException(
                $"There is no usable playbook in {folder}. {string.Join(" ", set.Findings.Where(f => f.IsError).Take(3))}"
            );
        }

        var known = PlaybookSnapshot.From(set, Opening.EncoderOrNull(options));
        var time =
            at is null ? TimeProvider.System
            : MomentClock.Read(at, known.Policy.TimeZone) is { } moment ? new MomentClock(moment)
            : throw new SetupException(
                $"'{at}' is no time. Write it like \"2026-11-18 14:00\", in the shop's time, or with an offset: 2026-11-18T14:00+08:00."
            );
        var shop = Opening.Shop(options, known.Policy, time);
        var named = customer is null ? null : await NamedCustomer.FindAsync(shop, customer, cancellationToken);
        if (customer is not null && named is null && customer.IndexOfAny(['@', '#']) >= 0)
        {
            throw new SetupException(
                "The shop's data know no such customer. Name one by e-mail address, order number, or the whole name of a buyer."
            );
        }

        var trial = new Trial(known, new ShopOnlyLookups(shop, known, time), time)
        {
            Name = named?.Name,
            Identity = named?.Identity ?? IdentityState.Nothing,
            Rollout =
                customer is null || named is not null
                    ? _ => CanaryView.Everyone
                    : turn => CanaryView.Of(Config(options, known), WebCustomer(customer), turn),
        };
        var turns = new List<TriedTurn>();
        foreach (var text in messages)
        {
            turns.Add(TriedTurn.Of(await trial.SaysAsync(text, cancellationToken)));
        }

        return turns;
    }

    /// <summary>As the store's chat names its customers; <c>channel:customer</c> names those of another channel.</summary>
    private static ConversationId WebCustomer(string customer) => ConversationId.TryParse(customer, out var id) ? id : new("web", customer);

    private static CanaryConfig Config(OpsChatOptions options, PlaybookSnapshot known) =>
        Opening.Canary(options).Config.InForce(known.FullyAutonomous);

    private static void Show(TriedTurn turn)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]> {turn.Text}[/]");
        AnsiConsole.MarkupLineInterpolated(
            $"{turn.Verdict}, {turn.Playbook ?? "no playbook"} ({turn.Confidence:0.00}), language {turn.Language}, money {turn.Money}"
        );
        Lines("because", turn.Reasons.Select(GateReasonText.Sentence));
        Lines("reply", turn.Draft is { } draft ? [draft] : []);
        Lines("fact", turn.Facts.Select(fact => fact.Value is null ? $"{fact.Name} is not known" : $"{fact.Name} = {fact.Value} ({fact.Source})"));
        Lines("told", turn.Slots.Select(slot => $"{slot.Key}: {slot.Value}"));
        Lines("like", turn.Nearest.Select(near => $"“{near.Text}” of {near.Playbook} ({near.Similarity:0.00})"));
        AnsiConsole.WriteLine();
        foreach (var other in turn.Others)
        {
            Show(other);
        }
    }

    private static void Lines(string name, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            // Later lines of a long one stand under the first.
            var wrapped = line.Split('\n').Select((part, i) => TerminalText.Wrapped($"  {(i == 0 ? name : ""),-8} {part}", indent: 11));
            Console.WriteLine(string.Join(Environment.NewLine, wrapped));
        }
    }
}
