using FsCheck;
using FsCheck.Fluent;
using OpsChat.Drafting;
using OpsChat.Facts;

namespace OpsChat.Tests.Drafting;

public class An_owners_text
{
    private static readonly string[] Pieces =
    [
        "We refund in full",
        "free shipping over RM",
        "tomorrow",
        "by",
        "within",
        "days",
        "#",
        "RM",
        "MYR ",
        "%",
        "10",
        "3 Dec",
        "Nova Lamp",
        "guarantee",
        "ไม่คืนเงิน",
        "退款需要",
        "https://shop.example/",
        "help@shop.example",
        "+60 12-345 6789",
        "no",
        "if",
        ".",
        ",",
        "!",
        "\n",
        "(",
        ")",
        "1.",
        "hoàn tiền",
        "percuma",
        "JT6001MY",
        "two hundred",
        "10:00",
        "-",
        "/",
    ];

    private static readonly DateTimeOffset At = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<FactValue> Values = Gen.OneOf(
        Gen.Choose(0, 2_000_000).Select(n => FactValue.Of(new Money(n, "MYR"))),
        Gen.Choose(0, 400).Select(n => FactValue.Of((decimal)n)),
        Gen.Choose(0, 900).Select(n => FactValue.Of(new DateOnly(2026, 1, 1).AddDays(n))),
        Gen.Elements("J&T Express", "#1001", "JT600123456MY", "https://track.example/JT6/?q=1", "Mei", "9 am to 6 pm", "tomorrow")
            .Select(t => FactValue.Of(t))
    );

    // A text of the owner's with facts put into it: words and values in any order, with and without a space between them.
    private static readonly Gen<(string Text, FactSet Facts)> Rendered =
        from parts in Gen.Elements(Pieces).ListOf()
        from values in Values.ListOf(4)
        from places in Gen.Choose(0, 40).ListOf(4)
        from joints in Gen.Elements(" ", "", " ", "\n").ListOf(60)
        select Render([.. parts], [.. values], [.. places], [.. joints]);

    private static (string, FactSet) Render(List<string> parts, List<FactValue> values, List<int> places, List<string> joints)
    {
        for (var i = 0; i < values.Count; i++)
        {
            parts.Insert(places[i] % (parts.Count + 1), values[i].Shown);
        }
        var text = string.Concat(parts.Select((part, i) => part + joints[i % joints.Count]));
        return (text, new FactSet(values.Select((v, i) => new Fact($"order.value{i}", v, "orders.csv", At))));
    }

    [Fact]
    public void rendered_from_facts_always_passes_alone_and_beside_others() =>
        Prop.ForAll(Rendered.Two().ToArbitrary(), pair =>
        {
            var (greeting, reply) = pair;
            GuardInput input = new()
            {
                Draft = $"{greeting.Text} {reply.Text}",
                OwnersTexts = [greeting.Text, reply.Text],
                Facts = reply.Facts,
                MaxWords = 1000,
                Language = "th",
                DraftLanguage = "en",
                DraftLanguageScore = 1,
                Instructions = ["We refund in full within days by Nova Lamp guarantee no if"],
                AvoidedWords = ["by"],
            };
            var failures = Guardrails.Check(input).Where(f => f.Guardrail != Guardrail.Empty).ToList();
            return failures.Count == 0 || !IsPlain(greeting.Text) || !IsPlain(reply.Text)
                ? true.ToProperty()
                : false.Label(string.Join(" | ", failures) + " IN " + input.Draft);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261130, 7));

    // Texts of fewer than four words are grounded like anyone's: side by side they could make a new claim.
    private static bool IsPlain(string text) => Scripts.CountWords(text) >= 4;

    [Fact]
    public void that_follows_a_models_sentence_is_still_not_doubted()
    {
        const string policy = "Refunds take 5 working days, and shipping is free over RM 80.";
        GuardInput input = new() { Draft = $"I understand. {policy}", OwnersTexts = [policy] };
        Guardrails.Check(input).Should().BeEmpty();
        Guardrails
            .Check(input with { Draft = $"{policy} And a free lamp for you." })
            .Should()
            .ContainSingle(f => f.Guardrail == Guardrail.ForbiddenPromise);
    }
}
