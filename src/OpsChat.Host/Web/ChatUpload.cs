using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OpsChat.Agent;
using OpsChat.Messages;

namespace OpsChat.Host.Web;

/// <summary>
/// Reads a message that comes with pictures: multipart, with the fields <c>id</c> and <c>text</c> and up to five parts <c>file</c>. Each picture
/// goes to the disk as it comes and is cleaned there; a message of which one picture is refused is refused whole. What its parts are called, and
/// of what type they say they are, is never looked at.
/// </summary>
sealed class ChatUpload(PictureFolder pictures, OpsChatOptions options)
{
    private const int LongestId = 1024, MostFields = 8, LongestHeaders = 4096, RoomForTheRest = 256 * 1024;
    private const long LargestBody = (PictureFolder.MostOfMessage * (long)PictureFolder.MostBytes) + RoomForTheRest;
    private const int BytesPerCharacter = 4;

    /// <param name="post">Takes the message when all of it can be taken.</param>
    public async Task<IResult> PostAsync(
        ConversationId conversation,
        HttpContext context,
        Func<PostedMessage, IReadOnlyList<ArrivingPicture>, Task<(IResult Answer, bool IsNew)>> post
    )
    {
        if (Boundary(context.Request) is not { } boundary)
        {
            return Unreadable();
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        var message = new Parts(
            new MultipartReader(boundary, context.Request.Body) { HeadersCountLimit = MostFields, HeadersLengthLimit = LongestHeaders }
        );
        try
        {
            var refusal = await ReadAsync(message, conversation, context);
            if (refusal is not null)
            {
                return refusal;
            }

            // Should that fail, the message may be admitted all the same; pictures of one that is not go as any that no message names.
            message.MayBeNamed = true;
            var (answer, isNew) = await post(new(message.Id, message.Text), message.Pictures);
            message.MayBeNamed = isNew;
            return answer;
        }
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return Unreadable();
        }
        finally
        {
            foreach (var picture in message.Pictures.Where(_ => !message.MayBeNamed).ToList())
            {
                await pictures.DiscardAsync(picture, CancellationToken.None);
            }
        }
    }

    /// <returns>Why the message cannot be taken; null when it can.</returns>
    private async Task<IResult?> ReadAsync(Parts message, ConversationId conversation, HttpContext context)
    {
        var fields = 0;
        while (await message.Reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            switch (NameOf(section))
            {
                case "file" when message.Pictures.Count == PictureFolder.MostOfMessage:
                    return Problems.Error(
                        StatusCodes.Status413PayloadTooLarge,
                        $"A message can have at most {PictureFolder.MostOfMessage} pictures. Please send the others with another one."
                    );
                case "file":
                    if (Refusal(await pictures.ReceiveAsync(conversation, section.Body, context.RequestAborted), message, context) is { } refusal)
                    {
                        return refusal;
                    }

                    break;
                case "id":
                    message.Id = await TextAsync(section, LongestId, context.RequestAborted);
                    break;
                case "text":
                    // One character more than may be: the message is then refused as any that is too long.
                    message.Text = await TextAsync(section, (options.Messages.MostCharacters + 1) * BytesPerCharacter, context.RequestAborted);
                    break;
                default:
                    await section.Body.DrainAsync(context.RequestAborted);
                    break;
            }

            if (++fields > PictureFolder.MostOfMessage + MostFields)
            {
                return Unreadable();
            }
        }

        return null;
    }

    private static IResult? Refusal(PictureReception reception, Parts message, HttpContext context)
    {
        var which = $"Picture {message.Pictures.Count + 1}";
        switch (reception)
        {
            case PictureReception.Taken taken:
                message.Pictures.Add(taken.Picture);
                return null;
            case PictureReception.Refused refused:
                return Problems.Error(StatusCodes.Status415UnsupportedMediaType, $"{which}: {refused.Why}");
            case PictureReception.TooLarge:
                return Problems.Error(
                    StatusCodes.Status413PayloadTooLarge,
                    $"{which} has more than {PictureFolder.MostBytes / 1024 / 1024} MB. Please send a smaller one."
                );
            case PictureReception.TooMany tooMany:
                return Problems.TooMany(context, tooMany.RetryAfter);
            case PictureReception.Full:
                return Problems.Error(
                    StatusCodes.Status507InsufficientStorage,
                    "The shop cannot take more pictures just now. Please write what they show."
                );
            default:
                throw new InvalidOperationException("A picture's reception is closed.");
        }
    }

    private static IResult Unreadable() => Problems.Error(StatusCodes.Status400BadRequest,
        "The message cannot be read. Send multipart/form-data with the fields id and text, and each picture as a part named file.");

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 70 } boundary
            ? boundary.ToString()
            : null;

    private static string? NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? HeaderUtilities.RemoveQuotes(disposition.Name).ToString()
            : null;

    private static async Task<string> TextAsync(MultipartSection section, int most, CancellationToken cancellationToken)
    {
        var bytes = new byte[most];
        var length = await section.Body.ReadAtLeastAsync(bytes, most, throwOnEndOfStream: false, cancellationToken);
        await section.Body.DrainAsync(cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private sealed class Parts(MultipartReader reader)
    {
        public MultipartReader Reader { get; } = reader;
        public string? Id { get; set; }
        public string? Text { get; set; }
        public List<ArrivingPicture.Stored> Pictures { get; } = [];
        public bool MayBeNamed { get; set; }
    }
}
