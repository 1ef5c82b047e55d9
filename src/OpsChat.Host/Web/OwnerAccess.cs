using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using OpsChat.Agent;
using OpsChat.Approvals;

namespace OpsChat.Host.Web;

/// <summary>Who may use the owner's side: an approver with a bearer token, or with the cookie that the sign-in set.</summary>
static class OwnerAccess
{
    public const string Policy = "owner", Bearer = "bearer", Either = "either";

    /// <summary>What somebody hears whose role leaves something out.</summary>
    public const string NotAllowed =
        "Your role does not allow this, so nothing was done. An owner can do it, or give you another role under People.";

    /// <summary>The claim that tells who signed in, and with what; the name alone would outlive both.</summary>
    private const string Seal = "opschat:seal";

    /// <summary>A request that shows a token is judged by it alone; any other by the cookie.</summary>
    public static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            ? Bearer : CookieAuthenticationDefaults.AuthenticationScheme;

    public static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "opschat-owner";
        cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/owner/sign-in";
        cookie.Events.OnRedirectToAccessDenied = TellNotAllowedAsync;
        cookie.Events.OnValidatePrincipal = EndWhatIsOverAsync;
    }

    public static ClaimsPrincipal Principal(SignedIn who, string scheme) =>
        new(new ClaimsIdentity([new(ClaimTypes.Name, who.Approver.Name), new(Seal, who.Seal)], scheme));

    /// <summary>The approver behind an authenticated request, with the limit that the settings give now.</summary>
    public static Approver ApproverOf(this HttpContext context) =>
        Known(context, context.User) ?? throw new InvalidOperationException("Only what the owner's policy has let through asks for its approver.");

    /// <summary>States what a route needs. One that only reads needs no more than <see cref="Right.Look"/>, unless it says so.</summary>
    public static T Needs<T>(this T route, Right right)
        where T : IEndpointConventionBuilder
    {
        route.Add(endpoint => endpoint.Metadata.Add(new NeededRight(right)));
        return route;
    }

    /// <summary>What this route needs: the last that was stated, so that a route may differ from its group. Null for one that changes something and
    /// states nothing; nobody may use it.</summary>
    public static Right? NeededBy(Endpoint? route, string method) =>
        route?.Metadata.GetMetadata<NeededRight>()?.Right ?? (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? Right.Look : null);

    /// <summary>The one policy of the owner's side; a request that is let through has an approver who may do what its route needs.</summary>
    public static void Configure(Microsoft.AspNetCore.Authorization.AuthorizationBuilder builder) =>
        builder.AddPolicy(Policy, policy => policy.RequireAuthenticatedUser().RequireAssertion(May));

    private static bool May(Microsoft.AspNetCore.Authorization.AuthorizationHandlerContext context) =>
        context.Resource is not HttpContext http || context.User.Identity?.IsAuthenticated != true
        || (Known(http, context.User) is { } who && NeededBy(http.GetEndpoint(), http.Request.Method) is { } right && who.May(right));

    /// <summary>Whether this request may change the owner's files: what every customer is answered, and whom the agent answers by itself.</summary>
    public static bool MayEditFiles(this HttpContext context) => context.ApproverOf().May(Right.EditFiles);

    /// <summary>A cookie lasts as long as what it was signed in with: not beyond the approver's removal, another name or another token.</summary>
    private static async Task EndWhatIsOverAsync(CookieValidatePrincipalContext cookie)
    {
        if (cookie.Principal is null || Known(cookie.HttpContext, cookie.Principal) is null)
        {
            cookie.RejectPrincipal();
            await cookie.HttpContext.SignOutAsync(cookie.Scheme.Name);
        }
    }

    private static Task TellNotAllowedAsync(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> refused)
    {
        refused.Response.StatusCode = StatusCodes.Status403Forbidden;
        return refused.Response.WriteAsync(NotAllowed);
    }

    private static Approver? Known(HttpContext context, ClaimsPrincipal user) =>
        user.FindFirst(Seal) is { } seal ? context.RequestServices.GetRequiredService<Approvers>().BySeal(seal.Value) : null;
}

/// <summary>What a route needs of whoever uses it.</summary>
sealed record NeededRight(Right Right);

sealed class BearerOptions : AuthenticationSchemeOptions;

sealed class BearerHandler(IOptionsMonitor<BearerOptions> options, ILoggerFactory log, UrlEncoder encoder, Approvers approvers, AddressLimits limits)
    : AuthenticationHandler<BearerOptions>(options, log, encoder)
{
    private TimeSpan? _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        _wait = await limits.SecretAsync(Context);
        if (_wait is not null)
        {
            return AuthenticateResult.Fail("Too many wrong tokens came from this address.");
        }

        if (approvers.ByToken(header["Bearer ".Length..].Trim()) is { } who)
        {
            return AuthenticateResult.Success(new(OwnerAccess.Principal(who, Scheme.Name), Scheme.Name));
        }

        await limits.SecretWasWrongAsync(Context);
        return AuthenticateResult.Fail("The token is not known.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Response.WriteAsJsonAsync(new { error = OwnerAccess.NotAllowed });
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
