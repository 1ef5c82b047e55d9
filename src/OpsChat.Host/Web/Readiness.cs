using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary><c>GET /ready</c>: whether requests should come here.</summary>
static class Readiness
{
    public static async Task<IResult> TellAsync(IStore store, CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadAsync(session => session.Settings.Get(SettingNames.StoreId), cancellationToken);
            return !store.MayAct ? NotReady("lease in doubt")
                : !store.HearsOthers ? NotReady("catching up")
                : Results.Json(new { status = "ready" });
        }
        catch (StoreException)
        {
            // Whoever may look at the host finds the sentence in its log.
            return NotReady("store unreachable");
        }
    }

    private static IResult NotReady(string status) => Results.Json(new { status }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
