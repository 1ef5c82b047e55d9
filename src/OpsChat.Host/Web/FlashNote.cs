using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace OpsChat.Host.Web;

/// <summary>What became of a form.</summary>
/// <param name="Sentence">For the person who posted it.</param>
/// <param name="IsDone">False when it still has to be done: the page keeps what was typed.</param>
/// <param name="Undo">What <see cref="Undoing"/> keeps the way back under; null when there is none.</param>
/// <param name="Copy">What the reader will want to put elsewhere, such as a link; null for nothing.</param>
readonly record struct FormEnd(string Sentence, bool IsDone, string? Undo = null, string? Copy = null)
{
    public static FormEnd NotDone(string sentence) => new(sentence, false);

    /// <summary>A sentence alone says what was done.</summary>
    public static implicit operator FormEnd(string done) => new(done, true);
}

/// <summary>A sentence for the next page that the same browser opens: what became of the form it posted. Signed, and shown once.</summary>
sealed class FlashNote(IDataProtectionProvider protection)
{
    /// <summary>Sent by a page that looks again by itself: what became of another tab's form is not for its eyes.</summary>
    private const string LooksAgain = "X-OpsChat-Looks-Again";

    private const string Name = "opschat-note";
    private readonly IDataProtector _protector = protection.CreateProtector("flash-note");

    public void Leave(HttpContext context, FormEnd end) =>
        context.Response.Cookies.Append(Name, _protector.Protect(JsonSerializer.Serialize(end)), new()
        {
            MaxAge = TimeSpan.FromMinutes(1),
            Path = "/owner",
        });

    /// <summary>What was left, or null. The next call has none.</summary>
    public FormEnd? Take(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(LooksAgain) || context.Request.Cookies[Name] is not { } cookie)
        {
            return null;
        }

        context.Response.Cookies.Delete(Name, new() { Path = "/owner" });
        try
        {
            return JsonSerializer.Deserialize<FormEnd>(_protector.Unprotect(cookie));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null; // Not ours, or from before the keys were replaced or the host was.
        }
    }
}
