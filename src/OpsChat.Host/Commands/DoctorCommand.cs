using System.CommandLine;
using OpsChat.Agent;

namespace OpsChat.Host.Commands;

/// <summary><c>doctor</c>: shows what the <see cref="Doctor"/> finds.</summary>
static class DoctorCommand
{
    /// <summary>Where the sentences begin.</summary>
    private const int Indent = 16;

    public static Command Create(GlobalOptions settings)
    {
        var command = new Command("doctor", "What works and what to do: store, shop data, playbooks, canary, clock, Telegram, encoder, model");
        command.SetAction((parse, cancellationToken) => RunAsync(settings.Read(parse), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        var options = Opening.Options(configuration);
        var settings = SettingsReading.Doubtful(configuration, options).Select(sentence => new Diagnosis("Settings", false, sentence));
        var all = settings
            .Concat(Beside(options))
            .Concat(await Doctor.LookAsync(options, () => StoreAsync(options, cancellationToken), isHost: false, cancellationToken))
            .ToList();
        foreach (var one in all)
        {
            Console.WriteLine(
                TerminalText.Wrapped(
                    $"{(one.Works ? one.IsDoubtful ? "look" : "ok  " : one.IsFailure ? "FAIL" : "off ")} {one.Part, -10} {one.Sentence}",
                    Indent
                )
            );
            foreach (var detail in one.Details)
            {
                Console.WriteLine(TerminalText.Wrapped($"{new string(' ', Indent - 2)}- {detail}", Indent));
            }
        }

        return all.Exists(d => !d.Works && d.IsFailure) ? 1 : 0;
    }

    /// <summary>Settings are each process's own: what the host that runs was given is not seen from here.</summary>
    private static IEnumerable<Diagnosis> Beside(OpsChatOptions options) =>
        HostAddress.Of(options) is { } address
            ?
            [
                new(
                    "Settings",
                    true,
                    $"OpsChat runs at {address} with the settings of its own start. What follows on keys, model, webhook and Telegram is about the "
                        + $"settings of this command; what the running host has is at {address}/owner/setup?check=yes."
                )
                {
                    IsDoubtful = true,
                },
            ]
            : [];

    /// <summary>Looks only: a folder that was never a shop's stays as it is.</summary>
    private static async Task<Diagnosis> StoreAsync(OpsChatOptions options, CancellationToken cancellationToken)
    {
        if (Opening.NeverOpened(options) is { } sentence)
        {
            return new("Store", false, sentence, IsFailure: false);
        }

        await using var store = await Opening.StoreAsync(options, cancellationToken);
        var count = await store.ReadAsync(session => session.Conversations.Count(), cancellationToken);
        return new("Store", true, $"{store.Location}, {count:N0} conversations.");
    }
}
