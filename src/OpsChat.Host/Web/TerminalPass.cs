using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using OpsChat.Agent;
using OpsChat.Channels.Web;
using OpsChat.Messages;

namespace OpsChat.Host.Web;

/// <summary>
/// What the command <c>chat</c> shows to the host that runs on the same data. Only who can read the keys, in the data folder or in the store that
/// hosts share, can make one, and who can read them could read the conversations as well.
/// </summary>
sealed class TerminalPass(IDataProtectionProvider protection)
{
    public const string Header = "X-OpsChat-Terminal";

    /// <summary>Where the running host takes the terminal's lines, and gives the shop's.</summary>
    public const string Path = "/chat/terminal";

    /// <summary>From when it was made.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("terminal-chat").ToTimeLimitedDataProtector();

    /// <summary>Made beside a running host, with its keys.</summary>
    public static async Task<TerminalPass> BesideAsync(OpsChatOptions options, CancellationToken cancellationToken)
    {
        var keys = options.Store.Length > 0 ? await KeysInMemory.OfAsync(options, cancellationToken) : null;
        return new(
            DataProtectionProvider.Create(
                WebHost.Keys(options),
                setup =>
                {
                    setup.SetApplicationName(WebHost.Application);
                    if (keys is not null)
                    {
                        setup.Services.Configure<KeyManagementOptions>(management => management.XmlRepository = keys);
                    }
                }
            )
        );
    }

    public string For(string customer) => _protector.Protect(customer, ValidFor);

    /// <summary>The conversation that the request may write in; null without a pass that holds.</summary>
    public ConversationId? ConversationOf(HttpContext context)
    {
        try
        {
            return context.Request.Headers[Header].ToString() is { Length: > 0 } shown
                ? new(PulledChannel.Terminal, _protector.Unprotect(shown))
                : null;
        }
        catch (CryptographicException)
        {
            return null; // Forged, too old, or made with another shop's keys.
        }
    }
}
