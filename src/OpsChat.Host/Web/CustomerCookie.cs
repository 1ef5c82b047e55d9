using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OpsChat.Channels.Web;
using OpsChat.Messages;

namespace OpsChat.Host.Web;

/// <summary>Gives each visitor of the web chat an unguessable, signed id, so that nobody sees another's conversation.</summary>
sealed class CustomerCookie(IDataProtectionProvider protection)
{
    private const string Name = "opschat-customer";

    /// <summary>In which the chat in a frame on another site's page shows what a cookie cannot carry there.</summary>
    public const string Header = "X-OpsChat-Visitor";
    private readonly IDataProtector _protector = protection.CreateProtector("web-chat-customer");

    /// <summary>Whether the visitor shows a cookie of ours.</summary>
    public bool Knows(HttpContext context) => KnownOf(context) is not null;

    /// <summary>The signed word by which the chat in a frame is known from now on: the one that it shows, or a new one.</summary>
    public string WordOf(HttpContext context) =>
        context.Request.Headers[Header].ToString() is { Length: > 0 } shown && Read(shown) is not null ? shown : _protector.Protect(NewId());

    /// <summary>The visitor's conversation; a new one, with its cookie, when there is none or it was tampered with.</summary>
    public ConversationId Of(HttpContext context) => KnownOf(context) is { } known ? new(PulledChannel.Web, known) : Give(context, NewId());

    /// <summary>A request that shows a word is judged by it alone; any other by the cookie.</summary>
    private string? KnownOf(HttpContext context) =>
        context.Request.Headers[Header].ToString() is { Length: > 0 } shown ? Read(shown)
        : context.Request.Cookies[Name] is { } cookie ? Read(cookie)
        : null;

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
