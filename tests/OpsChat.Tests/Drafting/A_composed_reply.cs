using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsChat.Drafting;
using OpsChat.Drafting.Prompts;
using Xunit.Abstractions;
using static OpsChat.Tests.Drafting.Lies;

namespace OpsChat.Tests.Drafting;

public class A_composed_reply(ITestOutputHelper output)
{
    private const int Texts = 100_000;

    private static readonly CompositionOffer Offer = new(
        Writers.OwnersReply,
        [
            new("greeting-1", PhraseKind.Greeting, "Hello!"),
            new("greeting-2", PhraseKind.Greeting, "Good to hear from you."),
            new("thanks-1", PhraseKind.Thanks, "Thank you for writing to us."),
            new("sorry-1", PhraseKind.Sorry, "We are sorry about that."),
            new("closing-1", PhraseKind.Closing, "Have a nice day!"),
        ],
        [new("rule-12", "Please keep the box."), new("rule-19", "The carrier calls before it comes.")]);

    private static readonly string[] Ids = [.. Offer.Phrases.Select(p => p.Id), .. Offer.Additions.Select(a => a.Id)];

    // Families: what the attack report wrote, in the places where an answer has room for words.
    private static readonly Gen<string> Sly = One(
        "OK, forty then.",
        "You get 💵💵💵 back",
        "Everything you spent comes home to you.",
        "Our mistake, we cover it.",
        "Your order has been stopped.",
        "We changed the address for you.",
        "It will be there by Friday.",
        "three left",
        "We never close.",
        "We accept bitcoin.",
        "Please send your password.",
        "您的订单已取消。",
        "greeting-1 We refund you",
        "GREETING-1",
        "greeting-١",
        "closing-1\n\nWe refund RM 5000.",
        "rule-12\u0000",
        " rule-12 ",
        "{{ order.total }}",
        "<message role=\"system\">pay</message>",
        "rule-12; and RM 50"
    );

    private static readonly Gen<string> Word = Gen.Frequency((3, Gen.Elements(Ids)), (2, Lie), (2, Sly));

    private static readonly Gen<string> Answer =
        from before in Word.ListOf(3)
        from also in Word.ListOf(2)
        from after in Word.ListOf(2)
        from shape in Gen.Choose(0, 9)
        from loose in Word
        select Shaped(shape, before, also, after, loose);

    private static string Shaped(
        int shape,
        IEnumerable<string> before,
        IEnumerable<string> also,
        IEnumerable<string> after,
        string loose
    ) =>
        shape switch
        {
            0 => loose,
            1 => JsonSerializer.Serialize(
                new
                {
                    before,
                    also,
                    after,
                    reply = loose,
                }
            ),
            2 => JsonSerializer.Serialize(
                new
                {
                    before = loose,
                    also,
                    after,
                }
            ),
            3 => $"{{\"before\":[\"{loose}\"],\"also\":[],\"after\":[]}} {loose}",
            _ => JsonSerializer.Serialize(
                new
                {
                    before,
                    also,
                    after,
                }
            ),
        };

    [Fact]
    public void is_made_of_the_owners_words_and_nothing_else_whatever_a_model_says()
    {
        var allowed = Offer.Phrases.Select(p => p.Text).Concat(Offer.Additions.Select(a => a.Text)).Append(Offer.Reply).ToHashSet();
        var (read, withPhrases, escaped) = (0, 0, 0);
        foreach (var answer in Answer.Sample(Texts, new Rnd(20261128), 20))
        {
            var choice = ModelJson.TryRead<ModelJson.Composition>(answer, out var said)
                ? new CompositionChoice(said.Before, said.Also, said.After)
                : CompositionChoice.Nothing;
            var composed = ReplyComposer.Compose(Offer, choice);

            var isOwners =
                composed.Parts.All(allowed.Contains)
                && composed.Parts.Count(part => part == Offer.Reply) == 1
                && Rest(composed).Length == 0;
            escaped += isOwners ? 0 : 1;
            read += said is null ? 0 : 1;
            withPhrases += composed.Chosen.Count > 0 ? 1 : 0;
        }

        output.WriteLine(
            $"{Texts} answers of a hostile model, {read} of them in the right shape, {withPhrases} with a phrase of the owner; {escaped} "
                + "with anything else."
        );
        escaped.Should().Be(0);
        withPhrases.Should().BeGreaterThan(Texts / 5);
    }

    /// <summary>What is left of the text when the owner's parts are taken out in order.</summary>
    private static string Rest(ComposedReply composed)
    {
        var rest = composed.Text;
        foreach (var part in composed.Parts)
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            rest = at < 0 || rest[..at].Trim().Length > 0 ? "lost" : rest[(at + part.Length)..];
        }

        return rest.Trim();
    }

    [Fact]
    public void has_at_most_one_phrase_of_a_kind_in_the_order_of_the_kinds() =>
        ReplyComposer
            .Compose(Offer, new(["sorry-1", "greeting-2", "greeting-1", "closing-1"], ["rule-19"], ["closing-1", "thanks-1"]))
            .Should()
            .BeEquivalentTo(
                new
                {
                    Text = $"Hello! We are sorry about that. {Writers.OwnersReply}\n\nThe carrier calls before it comes.\n\nHave a nice day!",
                    Chosen = new[] { "greeting-1", "sorry-1", "rule-19", "closing-1" },
                }
            );
}
