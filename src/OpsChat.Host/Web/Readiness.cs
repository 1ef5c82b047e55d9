using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary><c>GET /ready</c>: whether requests should come here.</summary>
static class Readiness
{
    // In seconds: how often a host that stands by looks whether it has to take over.
    private const string NextTry = "1";

    public static async Task<IResult> TellAsync(IStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadAsync(session => session.Settings.Get(SettingNames.StoreId), cancellationToken);
            return store.MayAct ? Results.Json(new { status = "ready" }) : NotReady("turn in doubt");
        }
        catch (StoreException)
        {
            // Whoever may look at the host finds the sentence in its log.
            return NotReady("store unreachable");
        }
    }

    public static IResult TellOfStandby() => NotReady("standby");

    /// <summary>A host that stands by answers who reads. Whoever changes something is told to try again: a proxy that looks at <c>/ready</c> sends
    /// them to the host at work.</summary>
    public static Task RefuseChangesAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = NextTry;
        return context.Response.WriteAsJsonAsync(new { error = "This host stands by for another one, which is at work. Try again in a moment." });
    }

    private static IResult NotReady(string status) => Results.Json(new { status }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
