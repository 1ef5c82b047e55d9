using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace OpsChat.Host.Web;

/// <summary>What became of a form.</summary>
/// <param name="Undo">What <see cref="Undoing"/> keeps the way back under; null when there is none.</param>
sealed record Said(string Sentence, string? Undo);

/// <summary>A sentence for the next page that the same browser opens: what became of the form it posted. Signed, and shown once.</summary>
sealed class FlashNote(IDataProtectionProvider protection)
{
    /// <summary>Sent by a page that looks again by itself: what became of another tab's form is not for its eyes.</summary>
    private const string LooksAgain = "X-OpsChat-Looks-Again";

    private const string Name = "opschat-note";
    private readonly IDataProtector _protector = protection.CreateProtector("flash-note");

    public void Leave(HttpContext context, string sentence) => Leave(context, new Said(sentence, null));

    public void Leave(HttpContext context, Said said) =>
        context.Response.Cookies.Append(Name, _protector.Protect($"{said.Undo}\n{said.Sentence}"), new()
        {
            MaxAge = TimeSpan.FromMinutes(1),
            Path = "/owner",
        });

    /// <summary>What was left, or null. The next call has none.</summary>
    public Said? Take(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(LooksAgain) || context.Request.Cookies[Name] is not { } cookie)
        {
            return null;
        }

        context.Response.Cookies.Delete(Name, new() { Path = "/owner" });
        try
        {
            return _protector.Unprotect(cookie).Split('\n', 2) is [var undo, var sentence] ? new(sentence, undo.Length > 0 ? undo : null) : null;
        }
        catch (CryptographicException)
        {
            return null; // Not ours, or from before the keys were replaced.
        }
    }
}
