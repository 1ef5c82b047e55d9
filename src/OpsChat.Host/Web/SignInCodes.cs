using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>
/// One-time codes for sign-in links. Their hashes lie in the store, so that a command beside the running host can make one; whoever reads the store
/// learns no code.
/// </summary>
sealed class SignInCodes(IStore store, TimeProvider time)
{
    /// <summary>A link that somebody finds later opens nothing any more; a new one is a command away.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(1);

    /// <summary>Of a link that a log may keep.</summary>
    public static readonly TimeSpan ValidForInALog = TimeSpan.FromMinutes(10);

    private const string Setting = "sign-in-codes";
    private const int MostAtOnce = 20;

    /// <summary>Where a browser shows a code.</summary>
    public static string PathOf(string code) => $"/owner/sign-in?code={code}";

    /// <param name="forWhom">A person's name; null for whoever has the owner's token.</param>
    public Task<string> NewAsync(TimeSpan validFor, CancellationToken cancellationToken, string? forWhom = null) => store.WriteAsync(session =>
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Save(session, [.. Valid(session).TakeLast(MostAtOnce - 1), new(HashOf(code), time.GetUtcNow() + validFor, forWhom)]);
        return code;
    }, cancellationToken);

    /// <summary>Whom it signs in, once for each code, while it is valid and that person is known; null otherwise.</summary>
    public async Task<SignedIn?> UseAsync(string code, Approvers people, CancellationToken cancellationToken)
    {
        var used = await store.WriteAsync(session =>
        {
            var (valid, hash) = (Valid(session), HashOf(code));
            var found = valid.Find(known => known.Hash == hash);
            if (found is not null)
            {
                Save(session, valid.Where(known => known != found));
            }

            return found;
        }, cancellationToken);
        return used is null ? null : used.ForWhom is { } name ? people.ByName(name) : people.Owner;
    }

    private sealed record Code(string Hash, DateTimeOffset Until, string? ForWhom);

    private List<Code> Valid(UnitOfWork session) =>
    [
        .. from one in (session.Settings.Get(Setting) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
           let parts = one.Split(':')
           let until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1]))
           where until > time.GetUtcNow()
           select new Code(parts[0], until, parts.Length > 2 ? Encoding.UTF8.GetString(Convert.FromHexString(parts[2])) : null),
    ];

    private static void Save(UnitOfWork session, IEnumerable<Code> codes) => session.Settings.Set(Setting, string.Join(' ', codes.Select(one =>
        $"{one.Hash}:{one.Until.ToUnixTimeSeconds()}{(one.ForWhom is null ? "" : $":{Convert.ToHexString(Encoding.UTF8.GetBytes(one.ForWhom))}")}")));

    private static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
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
        }).RequireAuthorization(OwnerAccess.Policy).Needs(Right.Look);
    }

    // No anti-forgery token: who posts here must know a code or a token, and a stranger's form has neither.
    private static async Task<IResult> SignInAsync(HttpContext context, SignInCodes codes, Approvers approvers, AddressLimits limits)
    {
        if (await limits.SignInAsync(context) is { } wait)
        {
            return Problems.TooMany(context, wait);
        }

        if (await FormOfAsync(context.Request) is not { } form)
        {
            return Problems.Error(StatusCodes.Status415UnsupportedMediaType, "Sign in with the form at /owner/sign-in.");
        }

        var (code, token) = (form["code"].ToString(), form["token"].ToString());
        var who = code.Length > 0 ? await codes.UseAsync(code, approvers, context.RequestAborted) : null;
        who ??= approvers.ByToken(token);
        if (who is null)
        {
            return Results.Redirect("/owner/sign-in?failed=1");
        }

        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            OwnerAccess.Principal(who, CookieAuthenticationDefaults.AuthenticationScheme)
        );
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
