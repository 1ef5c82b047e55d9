using Microsoft.Net.Http.Headers;
using OpsChat.Agent;
using OpsChat.Channels.Web;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>Shows a picture to the customer who sent it and to the owner, and to nobody else.</summary>
static class PictureEndpoints
{
    // Opened by itself, an image is a page that may do nothing.
    private const string Policy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static void MapPictures(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/owner/pictures/{id}", (string id, IStore store, PictureFolder folder, HttpContext context) =>
                ShowAsync(id, null, store, folder, context)
            )
            .RequireAuthorization(OwnerAccess.Policy);
        routes.MapGet("/chat/pictures/{id}", (string id, CustomerCookie cookie, IStore store, PictureFolder folder, HttpContext context) =>
            ShowAsync(id, cookie.Of(context), store, folder, context));
        routes.MapGet("/api/chat/{customer}/pictures/{id}", (string customer, string id, IStore store, PictureFolder folder, HttpContext context) =>
            ShowAsync(id, new(PulledChannel.Api, customer), store, folder, context)).AddEndpointFilter(ChatEndpoints.RequireKeyAsync);
    }

    /// <summary>Where the owner's side shows it.</summary>
    public static string OwnersPath(Picture picture) => $"/owner/pictures/{picture.Id}";

    /// <summary>Where the customer's side shows it.</summary>
    public static string CustomersPath(Picture picture) => picture.Conversation.Channel == PulledChannel.Web
        ? $"/chat/pictures/{picture.Id}" : $"/api/chat/{Uri.EscapeDataString(picture.Conversation.Customer)}/pictures/{picture.Id}";

    /// <param name="whose">Null for the owner, who sees all.</param>
    private static async Task<IResult> ShowAsync(string id, ConversationId? whose, IStore store, PictureFolder folder, HttpContext context)
    {
        var picture = PictureIds.IsOne(id) ? await store.ReadAsync(session => session.Pictures.Find(id), context.RequestAborted) : null;
        if (
            picture is not { State: PictureState.Stored }
            || (whose is not null && picture.Conversation != whose)
            || await folder.OpenAsync(picture, context.RequestAborted) is not { } file
        )
        {
            return Problems.Error(StatusCodes.Status404NotFound, "There is no such picture here.");
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentDisposition = $"inline; filename=\"picture{Picture.Ending(picture.Kind!.Value)}\"";
        // Kept by the browser, and asked for again each time: who may not see it any more is told so then.
        headers.CacheControl = "private, no-cache";
        headers.Remove(HeaderNames.Pragma);
        return Results.Stream(file, picture.MediaType, entityTag: new($"\"{picture.Id}\""));
    }
}
