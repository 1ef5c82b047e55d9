using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using OpsChat.Approvals;

namespace OpsChat.Host.Web;

/// <summary>Who may use the owner's side: an approver with a bearer token, or with the cookie that the sign-in set.</summary>
static class OwnerAccess
{
    public const string Policy = "owner", Bearer = "bearer", Either = "either";

    /// <summary>A request that shows a token is judged by it alone; any other by the cookie.</summary>
    public static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? Bearer : CookieAuthenticationDefaults.AuthenticationScheme;

    public static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "opschat-owner";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/owner/sign-in";
        cookie.AccessDeniedPath = "/owner/sign-in";
    }

    public static ClaimsPrincipal Principal(Approver approver, string scheme) => new(new ClaimsIdentity([new(ClaimTypes.Name, approver.Name)], scheme));

    /// <summary>The approver behind an authenticated request.</summary>
    public static Approver ApproverOf(this HttpContext context)
    {
        var approvers = context.RequestServices.GetRequiredService<Approvers>();
        return approvers.All.FirstOrDefault(a => a.Name == context.User.Identity?.Name) ?? new Approver(context.User.Identity?.Name ?? "owner", null, 0);
    }
}

sealed class BearerOptions : AuthenticationSchemeOptions;

sealed class BearerHandler(IOptionsMonitor<BearerOptions> options, ILoggerFactory log, UrlEncoder encoder, Approvers approvers, AddressLimits limits)
    : AuthenticationHandler<BearerOptions>(options, log, encoder)
{
    private TimeSpan? _wait;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        _wait = limits.Secret(Context);
        if (_wait is not null)
        {
            return Task.FromResult(AuthenticateResult.Fail("Too many wrong tokens came from this address."));
        }

        if (approvers.ByToken(header["Bearer ".Length..].Trim()) is { } approver)
        {
            return Task.FromResult(AuthenticateResult.Success(new(OwnerAccess.Principal(approver, Scheme.Name), Scheme.Name)));
        }

        limits.SecretWasWrong(Context);
        return Task.FromResult(AuthenticateResult.Fail("The token is not known."));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait is { } wait)
        {
            await Problems.TooMany(Context, wait).ExecuteAsync(Context);
            return;
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        await Response.WriteAsJsonAsync(new { error = "This needs the owner's token: Authorization: Bearer <OwnerToken>." });
    }
}
