using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpsChat.Channels.Web;
using OpsChat.Messages;

namespace OpsChat.Host.Web;

/// <summary>Gives each visitor of the web chat an unguessable, signed id, so that nobody sees another's conversation.</summary>
sealed class CustomerCookie(IDataProtectionProvider protection)
{
    private const string Name = "opschat-customer";
    private readonly IDataProtector _protector = protection.CreateProtector("web-chat-customer");

    /// <summary>Whether the visitor shows a cookie of ours.</summary>
    public bool Knows(HttpContext context) => context.Request.Cookies[Name] is { } cookie && Read(cookie) is not null;

    /// <summary>The visitor's conversation; a new one, with its cookie, when there is none or it was tampered with.</summary>
    public ConversationId Of(HttpContext context)
    {
        if (context.Request.Cookies[Name] is { } cookie && Read(cookie) is { } known)
        {
            return new(PulledChannel.Web, known);
        }

        return Give(context, NewId());
    }

    /// <summary>Makes the visitor another customer, one for whom something holds; of the demo shop only.</summary>
    public void GiveAnother(HttpContext context, Func<string, bool> fits) =>
        Give(context, Enumerable.Range(0, MostTries).Select(_ => NewId()).FirstOrDefault(fits) ?? NewId());

    // One in a hundred is found so with near certainty; where the canary answers nobody, nobody is.
    private const int MostTries = 2000;

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private ConversationId Give(HttpContext context, string customer)
    {
        context.Response.Cookies.Append(Name, _protector.Protect(customer), new()
        {
            MaxAge = TimeSpan.FromDays(90),
            IsEssential = true,
        });
        return new(PulledChannel.Web, customer);
    }

    private string? Read(string cookie)
    {
        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null; // Forged, or from before the keys were replaced: the visitor simply starts anew.
        }
    }
}
