using OpsChat.Playbooks.Parsing;
using OpsChat.Text;

namespace OpsChat.Playbooks;

/// <summary>A <c>_shop.md</c> that was read.</summary>
/// <param name="Profile">Null when the file has errors.</param>
/// <param name="Findings">Every error and warning, in reading order.</param>
public sealed record ParsedShopProfile(ShopProfile? Profile, IReadOnlyList<Finding> Findings);

/// <summary>Reads <c>_shop.md</c>. Never throws on what an owner wrote: whatever is wrong comes back as findings, all of them.</summary>
public static class ShopProfileParser
{
    private static readonly string[] Sections =
    [
        "Greeting",
        "Here",
        "Identify",
        "Second Detail",
        "Both Details",
        "Order Number",
        "No Match",
        "Holding",
        "Still Working",
        "Noted",
        "Out of Hours",
        "Not Understood",
        "Thanks",
        "Update",
        "Attachment",
        "Apology",
        "Sorry",
        "Withdrawn",
        "Parcel Late",
        "Order Late",
    ];

    /// <summary>Silence about these is worth a word: their default texts know nothing about the shop.</summary>
    private static readonly string[] Expected = ["Greeting", "Identify", "Holding", "Out of Hours", "Not Understood", "Thanks", "Update"];

    /// <param name="content">The file's bytes, UTF-8.</param>
    public static ParsedShopProfile Parse(ReadOnlySpan<byte> content)
    {
        var (source, unreadable) = SourceText.Read(ShopProfile.ShopFile, content);
        if (source is null)
        {
            return new(null, [unreadable!]);
        }

        var findings = new FindingList(ShopProfile.ShopFile, source);
        if (string.IsNullOrWhiteSpace(source.Text))
        {
            findings.Error(
                0,
                "The file is empty.",
                "Write at least `name`, `currency`, `time_zone` and `opening_hours` between two lines with `---`, or delete the file."
            );
            return new(null, findings.InOrder);
        }

        var (entries, bodyStart) = FrontMatter.Read(source, findings);
        var profile = FactVariants.Agreeing(ShopKeys.Read(entries, findings), entries, findings);
        var outline = Outline.Read(source, bodyStart, findings);
        outline.CheckNames(Sections, findings);
        Html.Report(source, bodyStart, findings);
        profile = profile with { Texts = ReadTexts(outline, profile.Vocabulary, findings) };
        return new(findings.HasErrors ? null : profile, findings.InOrder);
    }

    private static StandingTexts ReadTexts(Outline outline, FactVocabulary vocabulary, FindingList findings)
    {
        var missing = Expected.Where(name => outline.Find(name) is null).ToList();
        if (missing.Count > 0)
        {
            findings.Warn(
                0,
                $"There is no section {string.Join(", ", missing.Select(name => $"`{name}`"))}; plain English texts stand in.",
                "Write them in the shop's own words, as `## Greeting` and so on."
            );
        }

        var standard = DefaultTexts.All;
        var greeting = Text("Greeting", standard.Greeting);
        return new(
            greeting, Text("Identify", standard.Identify), Text("Holding", standard.Holding),
            Text("Out of Hours", standard.OutOfHours), Text("Not Understood", standard.NotUnderstood), Text("Thanks", standard.Thanks),
            Text("Update", standard.Update), Text("Attachment", standard.Attachment))
        {
            SecondDetail = Text("Second Detail", standard.SecondDetail),
            BothDetails = Text("Both Details", standard.BothDetails),
            OrderNumber = Text("Order Number", standard.OrderNumber),
            NoMatch = Text("No Match", standard.NoMatch),
            StillWorking = Text("Still Working", standard.StillWorking),
            Noted = Text("Noted", standard.Noted),
            Apology = Text("Apology", standard.Apology),
            Sorry = Text("Sorry", standard.Sorry),
            Here = Text("Here", greeting),
            Withdrawn = Text("Withdrawn", standard.Withdrawn),
            ParcelLate = Text("Parcel Late", standard.ParcelLate), OrderLate = Text("Order Late", standard.OrderLate),
        };

        ReplyText Text(string name, ReplyText otherwise) =>
            outline.Find(name) is { } section ? ReplySection.Read(section, vocabulary, findings) ?? otherwise : otherwise;
    }
}
