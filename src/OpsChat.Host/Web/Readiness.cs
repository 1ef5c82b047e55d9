using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary><c>GET /ready</c>: whether requests should come here. A host that only waits for its turn listens to nothing yet.</summary>
static class Readiness
{
    public static async Task<IResult> TellAsync(IStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadAsync(session => session.Settings.Get(SettingNames.StoreId), cancellationToken);
            return Results.Json(new { status = "ready" });
        }
        catch (StoreException)
        {
            // Whoever may look at the host finds the sentence in its log.
            return Results.Json(new { status = "store unreachable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
