using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>What kind of private detail a placeholder stands for.</summary>
public enum DetailKind { Name, Email, Phone, Address }

/// <summary>A detail of this customer that is known from the shop's records.</summary>
public sealed record KnownDetail(DetailKind Kind, string Value)
{
    public override string ToString() => Kind.ToString();
}

/// <summary>
/// The private details of one prompt and what stands for them: <c>[NAME_1]</c>. The same detail has the same placeholder in every text
/// hidden by one instance. Cards and account numbers are masked for good and never come back.
/// </summary>
public sealed partial class Placeholders
{
    private readonly Dictionary<string, string> _placeholders = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _details = [];
    private readonly IReadOnlyList<KnownDetail> _known;

    /// <param name="known">From the records; a name's parts are hidden as well as the whole.</param>
    public Placeholders(IEnumerable<KnownDetail> known) =>
        _known = [
            .. known
                .SelectMany(Parts)
                .Where(d => d.Value.Length > 1)
                .DistinctBy(d => d.Value.ToLowerInvariant())
                .OrderByDescending(d => d.Value.Length),
        ];

    /// <summary>The text without private details. What already looks like a placeholder loses its brackets, so that nobody can ask for another's
    /// detail.</summary>
    public string Hide(string text)
    {
        var hidden = Redaction.MaskCards(Placeholder().Replace(text, "(${kind} ${number})"));
        foreach (var detail in _known)
        {
            hidden = Regex.Replace(
                hidden,
                Whole(detail.Value),
                m => For(detail.Kind, m.Value),
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
            );
        }
        hidden = Email().Replace(hidden, m => For(DetailKind.Email, m.Value));
        hidden = Address().Replace(hidden, m => For(DetailKind.Address, m.Value));
        hidden = Phone().Replace(hidden, m => For(DetailKind.Phone, m.Value));
        return Introduced().Replace(hidden, m => m.Groups["by"].Value + For(DetailKind.Name, m.Groups["name"].Value));
    }

    /// <summary>The text with the details put back. A placeholder that was never given out stays, and a guardrail stops it.</summary>
    public string Restore(string text) => Placeholder().Replace(text, m => _details.GetValueOrDefault(m.Value, m.Value));

    private string For(DetailKind kind, string detail)
    {
        if (!_placeholders.TryGetValue(detail, out var placeholder))
        {
            var name = kind.ToString().ToUpperInvariant();
            var number = 1;
            while (_details.ContainsKey($"[{name}_{number}]"))
            {
                number++;
            }
            placeholder = $"[{name}_{number}]";
            _placeholders[detail] = placeholder;
            _details[placeholder] = detail;
        }
        return placeholder;
    }

    private static IEnumerable<KnownDetail> Parts(KnownDetail detail) =>
        detail.Kind == DetailKind.Name
            ? detail
                .Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(part => part.Length > 2)
                .Select(part => new KnownDetail(DetailKind.Name, part))
                .Prepend(detail)
            : [detail];

    private static string Whole(string value)
    {
        var isSpaced = !value.Any(c => Scripts.IsHan(c) || Scripts.IsThai(c));
        return isSpaced ? $@"(?<![\p{{L}}\p{{M}}\d_\[]){Regex.Escape(value)}(?![\p{{L}}\p{{M}}\d])" : Regex.Escape(value);
    }

    [GeneratedRegex(@"\[(?<kind>NAME|EMAIL|PHONE|ADDRESS)_(?<number>\d+)\]")]
    private static partial Regex Placeholder();

    [GeneratedRegex(EmailAddress.Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    // Not a date, not an order number (#), not inside a link or a code.
    [GeneratedRegex(
        @"(?<![\w#/.,-])(?!\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d))\+?\(?\d(?:[\s().-]{0,2}\d){7,14}(?![\w/-])",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Phone();

    // House number and street, or street and number, up to the end of the line or sentence.
    [GeneratedRegex(
        @"(?:\b(?:no\.?|lot|unit|blok|block|blk)\s*)?\b\d+[a-z]?(?:[-/]\d+[a-z]?)*,?\s+(?:(?:[A-Z][\w']*\s+){0,3}(?:street|st|road|rd"
            + @"|avenue|ave|lane|drive|close|crescent|boulevard)\b|(?:jalan|jln|lorong|taman|kampung|persiaran|lebuh|đường|phố|ngõ|ถนน|ซอย"
            + @"|moo|soi)\b)[^\n.!?;@\[]{0,60}"
            + @"|\b(?:jalan|jln|jl\.|lorong|persiaran|lebuh|taman)\s+[^\n.!?;@\[]{0,60}?\d[^\n.!?;@\[]{0,60}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Address();

    [GeneratedRegex(
        @"(?<by>\b(?:[Mm]y name is|[Tt]his is|[Nn]ama saya|[Nn]ama aku|[Tt]ên tôi là|[Tt]ôi tên là|[Aa]ng pangalan ko ay)\s+)"
            + @"(?<name>\p{Lu}[\p{L}\p{M}'-]+(?:\s\p{Lu}[\p{L}\p{M}'-]+){0,3})"
        + @"|(?<by>我叫|我是|我的名字是)(?<name>[\u4E00-\u9FFF]{2,3})(?=[,，。.\s]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Introduced();
}
