using System.Text.Json;
using System.Text.RegularExpressions;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage.Tables;

namespace OpsChat.Host.Web.Inbox;

/// <summary>A text and what a model made of it for a reader.</summary>
/// <param name="Language">BCP 47 tag of <paramref name="Text"/>.</param>
public sealed record ShownTranslation(string Original, string Text, string Language);

/// <summary>
/// Translations that a person asked for, to be shown beside the words. Only for an hour, and for as long as their customer is known: they are
/// customers' words.
/// </summary>
public sealed partial class ShownTranslations(TemporaryValues values)
{
    /// <summary>Stands for the words of the reply box, among the ids of lines.</summary>
    public const string OwnWords = "reply";
    private const int MostKept = 2000;
    private static readonly TimeSpan s_lasts = TimeSpan.FromHours(1);

    public Task KeepAsync(string who, ConversationId where, string line, ShownTranslation it, CancellationToken cancellationToken) =>
        values.KeepAsync(
            new(TemporaryKind.Translation, IdOf(who, where, line), JsonSerializer.Serialize(it), where),
            s_lasts,
            MostKept,
            cancellationToken
        );

    /// <summary>What that person asked for there, by line, and under <see cref="OwnWords"/>.</summary>
    public async Task<IReadOnlyDictionary<string, ShownTranslation>> OfAsync(string who, ConversationId where, CancellationToken cancellationToken) =>
        (await values.AboutAsync(TemporaryKind.Translation, where, cancellationToken))
            .Where(kept => kept.Id.StartsWith(IdOf(who, where, ""), StringComparison.Ordinal))
            .ToDictionary(kept => kept.Id[IdOf(who, where, "").Length..], kept => JsonSerializer.Deserialize<ShownTranslation>(kept.Value)!);

    /// <summary>What was asked for with these words is over: they were sent.</summary>
    public Task ForgetAsync(string who, ConversationId where, string line, CancellationToken cancellationToken) =>
        values.RemoveAsync(TemporaryKind.Translation, IdOf(who, where, line), cancellationToken);

    private static string IdOf(string who, ConversationId where, string line) => $"{who}\n{where}\n{line}";

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
