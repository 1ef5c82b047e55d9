using System.Text;
using OpsChat.Facts;
using OpsChat.Learning;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Learning;

/// <summary>Two playbooks, which are learned in no time, and lessons about what they do not know.</summary>
static class SmallMugShop
{
    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>
    {
        ["opening-hours"] = Playbook(
            "The shop is open from nine to six on weekdays and closed on Sundays.",
            "when do you open",
            "what are your opening hours",
            "are you open on sunday",
            "closing time today",
            "opening times please"
        ),
        ["damaged-mug"] = Playbook(
            "We are sorry. Send a photo of the broken mug and a new one leaves tomorrow.",
            "my mug arrived broken",
            "the cup has a crack",
            "handle came off the mug",
            "broken cup in the parcel",
            "cracked mug received"
        ),
    };

    public static PlaybookSnapshot Known { get; } = PlaybookSnapshot.From(PlaybookSet.Build(
        [.. Files.Select(file => new PlaybookFile($"{file.Key}.md", Encoding.UTF8.GetBytes(file.Value)))], new Dictionary<string, PlaybookFile>()));

    public static string Playbook(string reply, params string[] phrases) =>
        $"---\nautonomy: full\n---\n# About this\n\n## Issue Type\nThe customer asks.\n\n"
            + $"{string.Join('\n', phrases.Select(phrase => $"- {phrase}"))}\n\n## Standard Reply\n{reply}\n\n## Exception Handling\n";

    public static Lesson Lesson(int customer, string words, string? sent, params Fact[] facts) => new()
    {
        Turn = $"t{customer}",
        Conversation = $"api:c{customer}",
        At = new DateTimeOffset(2026, 11, 18, 3, 0, 0, TimeSpan.Zero).AddMinutes(customer),
        Words = words,
        Language = "en",
        Verdict = "HandOff",
        Sent = sent,
        Waited = TimeSpan.FromMinutes(20),
        Facts = facts,
    };

    public static IReadOnlyList<Proposal> Propose(IReadOnlyList<Lesson> lessons, params DecidedProposal[] decided) =>
        Learner.Propose(new(lessons, Known, Files.ToDictionary(file => $"{file.Key}.md", file => file.Value), [], decided));

    /// <summary>Customers who ask for gift paper, each in other words, and what a person answered.</summary>
    public static IReadOnlyList<Lesson> GiftPaper(int count, int from = 0) =>
        [
            .. Enumerable
                .Range(from, count)
                .Select(i =>
                    Lesson(
                        i,
                        s_wishes[i % s_wishes.Length],
                        i % 2 == 0
                            ? "Gift paper is chosen with the ribbon sign in the basket, it costs nothing."
                            : "Choose gift paper with the ribbon sign in your basket; it costs nothing."
                    )
                ),
        ];

    private static readonly string[] s_wishes =
    [
        "can you wrap the mug in gift paper",
        "do you have gift paper for a birthday",
        "i want gift wrapping please",
        "is gift paper possible for this mug",
        "wrap it as a gift for my mum",
        "how do i order gift paper",
        "gift wrapping for two mugs",
        "please put gift paper around it",
    ];
}
