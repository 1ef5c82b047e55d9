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

        var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Cookies.Append(Name, _protector.Protect(made), new()
        {
            MaxAge = TimeSpan.FromDays(90),
            IsEssential = true,
        });
        return new(PulledChannel.Web, made);
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
