using OpsChat.Canary;

namespace OpsChat.Agent;

/// <summary>
/// A change of <c>canary.config.json</c>, stored before the file is written: whatever fails after that, the file's new content is known for what
/// it is, and not taken for an edit by hand.
/// </summary>
/// <param name="Content">What the file says once it is changed: <see cref="RolloutRecord.TextOf"/>.</param>
/// <param name="Notice">For the owner, when the change is not the owner's own.</param>
/// <param name="Question">The id of the question that the change is the yes to; null when nobody asked.</param>
public sealed record IntendedChange(RolloutChange Change, string Content, string? Notice, string? Question);
