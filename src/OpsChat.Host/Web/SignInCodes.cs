using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Approvals;

namespace OpsChat.Host.Web;

/// <summary>One-time codes for sign-in links. They live in memory only: a restart ends them all.</summary>
sealed class SignInCodes(TimeProvider time)
{
    private static readonly TimeSpan s_validFor = TimeSpan.FromHours(12);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _codes = new(StringComparer.Ordinal);

    public string New()
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes[code] = time.GetUtcNow() + s_validFor;
        return code;
    }

    /// <summary>True once for each code, while it is valid.</summary>
    public bool Use(string code) => _codes.TryRemove(code, out var until) && until > time.GetUtcNow();
}

static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        // The link itself only shows a button: a preview robot that opens links must not use the code up.
        routes.MapPost("/owner/sign-in/go", SignInAsync).DisableAntiforgery();
        routes.MapPost("/owner/sign-out", async ([FromForm] string? @return, HttpContext context) =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return Results.Redirect("/owner/sign-in");
        }).RequireAuthorization(OwnerAccess.Policy);
    }

    // No anti-forgery token: who posts here must know a code or a token, and a stranger's form has neither.
    private static async Task<IResult> SignInAsync(HttpContext context, SignInCodes codes, Approvers approvers, OwnerToken owner, AddressLimits limits)
    {
        if (limits.SignIn(context) is { } wait)
        {
            return Problems.TooMany(context, wait);
        }

        if (await FormOfAsync(context.Request) is not { } form)
        {
            return Problems.Error(StatusCodes.Status415UnsupportedMediaType, "Sign in with the form at /owner/sign-in.");
        }

        var approver = codes.Use(form["code"].ToString()) ? approvers.ByToken(owner.Value) : approvers.ByToken(form["token"].ToString());
        if (approver is null)
        {
            return Results.Redirect("/owner/sign-in?failed=1");
        }

        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, OwnerAccess.Principal(approver, CookieAuthenticationDefaults.AuthenticationScheme));
        return Results.Redirect("/owner");
    }

    /// <summary>Null when what was posted is no form, or only calls itself one.</summary>
    private static async Task<IFormCollection?> FormOfAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return null;
        }
    }
}
