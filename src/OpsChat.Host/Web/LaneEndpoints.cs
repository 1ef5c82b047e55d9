using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Operations.Actions;
using OpsChat.Operations.Settings;
using OpsChat.Storage;
using static OpsChat.Host.Web.OperationsEndpoints;

namespace OpsChat.Host.Web;

sealed record PostedLane(string? Autonomy);

/// <summary>Lanes: how much each may do by itself.</summary>
static class LaneEndpoints
{
    public static void MapLanes(this IEndpointRouteBuilder api)
    {
        api.MapGet("/lanes", LanesAsync);
        api.MapPut("/lanes/{monitor}/{kind}", SetLaneAsync).Needs(Right.Steer);
        api.MapPut(
            "/lanes/{lane}",
            (string lane, PostedLane posted, IStore store, CurrentOperations settings, TimeProvider time, HttpContext context) =>
                SetAsync(Uri.UnescapeDataString(lane), posted, store, settings, time, context)
        ).Needs(Right.Steer);
    }

    private static async Task<IResult> LanesAsync(
        IStore store,
        CurrentOperations settings,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (lanes, stop) = await store.ReadAsync(
            session => (LaneBook.Read(session, settings(), time.GetUtcNow()), LaneStops.Read(session)),
            cancellationToken
        );
        return Json(LaneJson.Of(lanes, stop));
    }

    private static Task<IResult> SetLaneAsync(
        string monitor,
        string kind,
        PostedLane posted,
        IStore store,
        CurrentOperations settings,
        TimeProvider time,
        HttpContext context
    ) => SetAsync($"{monitor}/{kind}", posted, store, settings, time, context);

    private static async Task<IResult> SetAsync(
        string lane,
        PostedLane posted,
        IStore store,
        CurrentOperations settings,
        TimeProvider time,
        HttpContext context
    )
    {
        if (!Enum.TryParse<LaneAutonomy>(posted.Autonomy, ignoreCase: true, out var autonomy) || !Enum.IsDefined(autonomy))
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "The autonomy must be watch, recommend, approve or act.");
        }

        var who = context.ApproverOf().Name;
        return await store.WriteAsync(
            session => LaneBook.Set(session, lane, autonomy, who, settings(), time.GetUtcNow()),
            context.RequestAborted
        ) switch
        {
            LaneAnswer.Done done => Json(LaneJson.Of(done.Now)),
            LaneAnswer.Refused refused => Problems.Error(StatusCodes.Status422UnprocessableEntity, refused.Why),
            _ => throw new InvalidOperationException("LaneAnswer is closed."),
        };
    }
}
