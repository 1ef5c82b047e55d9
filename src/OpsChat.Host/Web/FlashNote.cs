using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OpsChat.Host.Web;

/// <summary>A sentence for the next page that the same browser opens: what became of the form it posted. Signed, and shown once.</summary>
sealed class FlashNote(IDataProtectionProvider protection)
{
    /// <summary>Sent by a page that looks again by itself: what became of another tab's form is not for its eyes.</summary>
    private const string LooksAgain = "X-OpsChat-Looks-Again";

    private const string Name = "opschat-note";
    private readonly IDataProtector _protector = protection.CreateProtector("flash-note");

    public void Leave(HttpContext context, string sentence) =>
        context.Response.Cookies.Append(Name, _protector.Protect(sentence), new()
        {
            MaxAge = TimeSpan.FromMinutes(1),
            Path = "/owner",
        });

    /// <summary>The sentence, or null. The next call has none.</summary>
    public string? Take(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(LooksAgain) || context.Request.Cookies[Name] is not { } cookie)
        {
            return null;
        }

        context.Response.Cookies.Delete(Name, new() { Path = "/owner" });
        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null; // Not ours, or from before the keys were replaced.
        }
    }
}
