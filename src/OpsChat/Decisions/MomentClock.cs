using System.Globalization;

namespace OpsChat.Decisions;

/// <summary>A clock that stands at one moment, for what is tried as if it were then.</summary>
public sealed class MomentClock(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at.ToUniversalTime();

    /// <summary>A moment of the shop's day: <c>2026-11-18 14:00</c>, <c>2026-11-18</c> (noon), or with an offset of its own; null when it cannot be
    /// read.</summary>
    public static DateTimeOffset? Read(string text, TimeZoneInfo zone)
    {
        var culture = CultureInfo.InvariantCulture;
        if (DateTime.TryParseExact(text.Trim(), ["yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd"], culture, DateTimeStyles.None, out var local))
        {
            local = text.Trim().Length == 10 ? local.AddHours(12) : local;
            return zone.IsInvalidTime(local) ? null : new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        return DateTimeOffset.TryParseExact(
            text.Trim(),
            ["yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ssZ"],
            culture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;
    }
}
