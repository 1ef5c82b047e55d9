using System.Security.Cryptography;

namespace OpsChat.Messages;

/// <summary>The sorts of pictures that are taken: what each browser shows, and what can be cleaned without changing a pixel.</summary>
public enum PictureKind { Jpeg, Png, WebP }

/// <summary>Where a picture is on its way. <see cref="Awaited"/>: the channel has it and it is still to be fetched. <see cref="Refused"/>: it
/// cannot be had or shown. <see cref="Erased"/>: nobody may see it any more, and its file is deleted next.</summary>
public enum PictureState { Awaited, Stored, Refused, Erased }

/// <summary>A picture that came with a customer's message.</summary>
/// <param name="Id">32 hex digits of chance, which nobody guesses; also the name of its file.</param>
/// <param name="Message">The id of the message in the inbox.</param>
/// <param name="Kind">Null until it is stored.</param>
/// <param name="Bytes">Of its file; 0 until it is stored.</param>
/// <param name="Source">Under which the channel has it; null when it came with the message.</param>
public sealed record Picture(
    string Id,
    ConversationId Conversation,
    string Message,
    PictureKind? Kind,
    long Bytes,
    PictureState State,
    string? Source,
    int Tries,
    DateTimeOffset At
)
{
    /// <summary>The file's name in the folder of pictures.</summary>
    /// <exception cref="InvalidOperationException">It is not stored.</exception>
    public string FileName => Kind is { } kind ? $"{Id}{Ending(kind)}" : throw new InvalidOperationException($"Picture {Id} is not stored.");

    /// <exception cref="InvalidOperationException">It is not stored.</exception>
    public string MediaType => Kind switch
    {
        PictureKind.Jpeg => "image/jpeg",
        PictureKind.Png => "image/png",
        PictureKind.WebP => "image/webp",
        _ => throw new InvalidOperationException($"Picture {Id} is not stored."),
    };

    public static string Ending(PictureKind kind) => kind switch { PictureKind.Jpeg => ".jpg", PictureKind.Png => ".png", _ => ".webp" };
}

/// <summary>A picture as it arrives with a message. Closed.</summary>
public abstract record ArrivingPicture
{
    private ArrivingPicture() { }

    /// <summary>Checked, cleaned and on the disk.</summary>
    public sealed record Stored(string Id, PictureKind Kind, long Bytes) : ArrivingPicture;

    /// <summary>Still with the channel, which knows it by <paramref name="Source"/>.</summary>
    public sealed record Awaited(string Source) : ArrivingPicture;
}

/// <summary>Makes the ids of pictures. They stand in addresses, so there is nothing in them but chance: 128 bits of it.</summary>
public static class PictureIds
{
    public const int Length = 32;

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));

    /// <summary>Whether it has the form of one, and so may be the name of a file.</summary>
    public static bool IsOne(string? text) => text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
}
