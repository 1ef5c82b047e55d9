using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Channels.Web;
using OpsChat.Drafting;
using OpsChat.Host.Web;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Host.Commands;

/// <summary><c>chat</c>: talk to the store in the terminal, through the whole pipeline; with the running host where one runs on the data.</summary>
static class ChatCommand
{
    private const int MostLines = 100;

    public static Command Create(GlobalOptions settings)
    {
        var name = new Option<string>("--as") { Description = "Which customer you are", DefaultValueFactory = _ => "you", HelpName = "NAME" };
        var command = new Command("chat", "Talk to the store in the terminal") { name };
        command.SetAction(
            (parse, cancellationToken) =>
            {
                var (options, me) = (
                    Opening.Options(settings.Read(parse)),
                    new ConversationId(PulledChannel.Terminal, parse.GetValue(name)!)
                );
                return HostAddress.Of(options) is { } address
                    ? RunBesideAsync(options, address, me, cancellationToken)
                    : RunAsync(options, me, cancellationToken);
            }
        );
        return command;
    }

    private static async Task<int> RunBesideAsync(OpsChatOptions options, string address, ConversationId me, CancellationToken cancellationToken)
    {
        using var host = RemoteChat.Client(address, (await TerminalPass.BesideAsync(options, cancellationToken)).For(me.Customer));
        Console.WriteLine($"You are talking to the shop that runs at {address}. End with an empty line or Ctrl+D.");
        try
        {
            await new RemoteChat(host, Console.In, Console.Out, TimeProvider.System).RunAsync(cancellationToken);
            return 0;
        }
        catch (HttpRequestException gone)
        {
            throw new SetupException(
                gone.StatusCode is { } status
                    ? $"The host at {address} is in trouble (it answered {(int)status}). Look at its log, then write again."
                    : $"The host at {address} does not answer ({gone.Message}). Look whether it still runs, then write again.",
                gone
            );
        }
    }

    private static async Task<int> RunAsync(OpsChatOptions options, ConversationId me, CancellationToken cancellationToken)
    {
        if (options.Store.Length > 0)
        {
            // A terminal that were a host there would decide and send for the whole shop, without its channels.
            throw new SetupException("On PostgreSQL, chat talks to a host that runs. Start OpsChat on this data folder, then type chat again.");
        }

        await using var command = await Opening.OpenForCommandAsync(options, TimeProvider.System, cancellationToken, mayBegin: true);
        var (opened, store) = (command.Shop, command.Shop.Store);
        using var alone = await DataFolderLock.TakeAsync(options, TimeProvider.System, cancellationToken);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddOpsChat(options, opened);
        builder.Services.AddHostedService<EncoderLoader>();
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);

        Console.WriteLine($"You are talking to {opened.Playbooks.Current.Shop.Name}. End with an empty line or Ctrl+D.");
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var printing = PrintAsync(host.Services, me, leaving.Token);
        while (await Console.In.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            await SayAsync(host.Services, me, line, options, cancellationToken);
        }

        await DecidedAsync(store, host.Services.GetRequiredService<PulledChannel>(), me, cancellationToken);
        await leaving.CancelAsync();
        await printing;
        await host.StopAsync(CancellationToken.None);
        return 0;
    }

    private static async Task SayAsync(
        IServiceProvider services,
        ConversationId me,
        string line,
        OpsChatOptions options,
        CancellationToken cancellationToken
    )
    {
        if (line.Length > options.Messages.MostCharacters)
        {
            Console.WriteLine(
                $"(That has {line.Length:N0} characters; at most {options.Messages.MostCharacters:N0} are read. Please send it in parts.)"
            );
            return;
        }

        var time = services.GetRequiredService<TimeProvider>();
        var message = new InboundMessage(me, Ids.New('x', time.GetUtcNow()), new(Redaction.MaskCards(line)), [], time.GetUtcNow());
        if (await services.GetRequiredService<ConversationQueue>().AdmitAsync(message, cancellationToken) is Admission.TooMany)
        {
            Console.WriteLine("(Too many messages at once. Wait a moment, then go on.)");
        }
    }

    /// <summary>Prints what the shop says, from now on, as it comes.</summary>
    private static async Task PrintAsync(IServiceProvider services, ConversationId me, CancellationToken cancellationToken)
    {
        var (store, channel) = (services.GetRequiredService<IStore>(), services.GetRequiredService<PulledChannel>());
        var seen = (await store.ReadAsync(session => session.Conversations.LastLines(me, 1), cancellationToken))
            .Select(l => l.Seq)
            .DefaultIfEmpty(0)
            .Max();
        var wait = Task.CompletedTask;
        do
        {
            await wait.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = channel.NextNews(me);
            foreach (var line in await store.ReadAsync(session => session.Conversations.Transcript(me, seen, MostLines), CancellationToken.None))
            {
                seen = line.Seq;
                if (line.From != Sender.Customer)
                {
                    Console.WriteLine($"{(line.From == Sender.Agent ? "shop" : "shop (a person)")}: {TerminalText.Plain(line.Text)}");
                }
            }
        }
        while (!cancellationToken.IsCancellationRequested);
    }

    /// <summary>Returns when nothing waits for its decision any more, or after half a minute.</summary>
    private static async Task DecidedAsync(IStore store, PulledChannel channel, ConversationId me, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var until = time.GetUtcNow().AddSeconds(30);
        while (time.GetUtcNow() < until && (await store.ReadAsync(session => session.Inbox.Undecided(me), cancellationToken)).Count > 0)
        {
            await channel.NextNews(me).WithinAsync(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }

        // What was decided last is still on its way through the outbox.
        await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
    }
}
