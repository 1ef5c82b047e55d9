using System.Globalization;
using System.Text.RegularExpressions;
using OpsChat.Playbooks;

namespace OpsChat.Drafting;

/// <summary>
/// An owner's text as a model may translate it: its places for facts become marks, so that a translation is of the text and not of one customer's
/// matter. Pure.
/// </summary>
public sealed partial class TemplateTranslation
{
    private readonly List<string> _places = [];

    public TemplateTranslation(TextTemplate text) =>
        Marked = AnyPlace().Replace(text.Source, place =>
        {
            _places.Add(place.Value);
            return $"[FACT_{_places.Count}]";
        });

    /// <summary>The text with a mark in each place.</summary>
    public string Marked { get; }

    /// <summary>The translation with the owner's places in it again; null unless every mark stands in it exactly once and nothing else looks like
    /// a place.</summary>
    public string? Restored(string translation)
    {
        var isWhole = Mark().Matches(translation).Select(NumberOf).Order().SequenceEqual(Enumerable.Range(1, _places.Count));
        var hasBraces = translation.Contains("{{", StringComparison.Ordinal) || translation.Contains("}}", StringComparison.Ordinal);
        return isWhole && !hasBraces ? Mark().Replace(translation, mark => _places[NumberOf(mark) - 1]) : null;
    }

    private static int NumberOf(Match mark) => int.Parse(mark.Groups["number"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{\{[^{}]*\}\}")]
    private static partial Regex AnyPlace();

    [GeneratedRegex(@"\[FACT_(?<number>\d{1,3})\]")]
    private static partial Regex Mark();
}

/// <summary>A translation that a model proposed for one version of a playbook's standard reply. Used only after a person took it.</summary>
/// <param name="Text">With the owner's places for facts.</param>
public sealed record ProposedTranslation(string Playbook, string Version, string Language, string Original, string Text);
