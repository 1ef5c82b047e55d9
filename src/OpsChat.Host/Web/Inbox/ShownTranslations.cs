using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using OpsChat.Messages;

namespace OpsChat.Host.Web.Inbox;

/// <summary>A text and what a model made of it for a reader.</summary>
/// <param name="Language">BCP 47 tag of <paramref name="Text"/>.</param>
public sealed record ShownTranslation(string Original, string Text, string Language);

/// <summary>
/// Translations that a person asked for, to be shown beside the words. Only in memory and for an hour: they are customers' words, and the store has
/// these already.
/// </summary>
public sealed partial class ShownTranslations(TimeProvider time)
{
    /// <summary>Stands for the words of the reply box, among the ids of lines.</summary>
    public const string OwnWords = "reply";
    private const int MostKept = 2000;
    private static readonly TimeSpan s_lasts = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<(string Who, ConversationId Where, string Line), (ShownTranslation It, long At)> _kept = new();

    public void Keep(string who, ConversationId where, string line, ShownTranslation it)
    {
        foreach (var (old, kept) in _kept.Where(one => _kept.Count >= MostKept || time.GetElapsedTime(one.Value.At) > s_lasts))
        {
            _kept.TryRemove(new(old, kept));
        }

        _kept[(who, where, line)] = (it, time.GetTimestamp());
    }

    /// <summary>What that person asked for there; null when nothing, or long ago.</summary>
    public ShownTranslation? Of(string who, ConversationId where, string line) =>
        _kept.TryGetValue((who, where, line), out var kept) && time.GetElapsedTime(kept.At) <= s_lasts ? kept.It : null;

    /// <summary>What was asked for with these words is over: they were sent.</summary>
    public void Forget(string who, ConversationId where, string line) => _kept.TryRemove((who, where, line), out _);

    /// <summary>The language that a browser prefers; English when it does not say.</summary>
    public static string ReaderOf(HttpContext context) =>
        Preferred().Match(context.Request.Headers.AcceptLanguage.ToString()) is { Success: true } found ? found.Value.ToLowerInvariant() : "en";

    /// <summary>A language's English name; its tag when it is none of those that shops meet most.</summary>
    public static string NameOf(string tag) => tag.Split('-')[0] switch
    {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "hi" => "Hindi",
        "id" => "Indonesian",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "ms" => "Malay",
        "nl" => "Dutch",
        "pt" => "Portuguese",
        "ta" => "Tamil",
        "th" => "Thai",
        "tl" => "Filipino",
        "vi" => "Vietnamese",
        "zh" => "Chinese",
        var other => other,
    };

    [GeneratedRegex("^[A-Za-z]{2,3}(?![A-Za-z])")]
    private static partial Regex Preferred();
}
