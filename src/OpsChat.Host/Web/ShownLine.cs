using System.Text.Json.Serialization;
using OpsChat.Messages;

namespace OpsChat.Host.Web;

/// <summary>A line of a conversation as its customer's side reads it.</summary>
public sealed class ShownLine(TranscriptLine line)
{
    public long Seq => line.Seq;

    public string From => line.From.ToString().ToLowerInvariant();

    public string Text => line.Text;

    public DateTimeOffset At => line.At;

    /// <summary>The id that the customer's side gave its message: by it a page knows its own line again, also one whose answer was lost on the
    /// way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id => line.SentAs;

    /// <summary>The customer's word on an automatic answer, or "none" while there is none; null where none can be given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Thumb { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ShownPicture>? Pictures { get; init; }
}

public sealed record ShownPicture(string Id, string Url)
{
    public ShownPicture(Picture picture) : this(picture.Id, PictureEndpoints.CustomersPath(picture)) { }
}
