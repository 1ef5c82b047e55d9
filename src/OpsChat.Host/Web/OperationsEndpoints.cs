using System.Text.Json.Nodes;
using OpsChat.Agent;
using OpsChat.Operations.Actions;

namespace OpsChat.Host.Web;

/// <summary>Operations over HTTP, as the command line has them.</summary>
static class OperationsEndpoints
{
    public static void MapOperationsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").RequireAuthorization(OwnerAccess.Policy);
        api.MapAlerts();
        api.MapShopTables();
        api.MapLanes();
        routes.MapFeeds();
    }

    internal static IResult Answered(ActionAnswer answer, string id) => answer switch
    {
        ActionAnswer.Done done => Json(ActionJson.Of(done.Now)),
        ActionAnswer.Late late => Json(new() { ["error"] = late.Why, ["approval"] = ActionJson.Of(late.Now) }, StatusCodes.Status409Conflict),
        ActionAnswer.Confirm confirm => Json(
            new()
            {
                ["error"] = $"This has to be confirmed: {string.Join(' ', confirm.Sentences)}",
                ["confirm"] = new JsonArray([.. confirm.Sentences.Select(sentence => JsonValue.Create(sentence))]),
            },
            StatusCodes.Status422UnprocessableEntity
        ),
        ActionAnswer.NotAllowed no => Problems.Error(StatusCodes.Status403Forbidden, no.Why),
        ActionAnswer.Refused refused => Problems.Error(StatusCodes.Status422UnprocessableEntity, refused.Why),
        _ => Problems.Error(StatusCodes.Status404NotFound, $"There is nothing like {id}."),
    };

    internal static IResult Json(JsonObject json, int status = StatusCodes.Status200OK) =>
        Results.Text(json.ToJsonString(WrittenJson.Options), "application/json", statusCode: status);
}
