using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Host.Web;

namespace OpsChat.Host.Commands;

/// <summary><c>sign-in</c>: a fresh link to the owner's console, of the host that runs on the same data folder or starts on it next.</summary>
static class SignInCommand
{
    public static string HowLong(TimeSpan validFor) =>
        $"this link works once, within {validFor.TotalMinutes:0} minutes; the command sign-in makes another";

    public static Command Create(GlobalOptions settings)
    {
        var command = new Command("sign-in", "Make a link that signs you in to your console");
        command.SetAction((parse, cancellationToken) => RunAsync(Opening.Options(settings.Read(parse)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(OpsChatOptions options, CancellationToken cancellationToken)
    {
        await using var store = await Opening.StoreForCommandAsync(options, cancellationToken);
        var code = await new SignInCodes(store, TimeProvider.System).NewAsync(SignInCodes.ValidFor, cancellationToken);
        Console.WriteLine($"{HostAddress.Of(options) ?? HostNames.AddressFor(options, options.Urls.Split(';')[0])}{SignInCodes.PathOf(code)}");
        Console.WriteLine($"({HowLong(SignInCodes.ValidFor)})");
        return 0;
    }
}
