using OpsChat.Drafting.Prompts;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Prompts;

public class The_list_of_phrases
{
    private static PhraseBook Read(string source, out IReadOnlyList<string> faults)
    {
        var (book, findings) = PhraseBook.Read(source, text => text.Contains("refund", StringComparison.Ordinal) ? "it speaks of money." : null);
        faults = [.. findings.Select(f => $"{f.Line}:{f.Column} {f.Problem}")];
        return book;
    }

    [Fact]
    public void that_is_shipped_has_no_faults_and_every_kind()
    {
        var (set, findings) = PromptSet.Load(Repository.Prompts);

        findings.Should().BeEmpty();
        set.Phrases.Phrases.Select(p => p.Kind).Distinct().Should().BeEquivalentTo(Enum.GetValues<PhraseKind>());
        set.Versions.Should().ContainKey("phrases");
    }

    [Fact]
    public void gives_ids_by_kind_and_place_and_the_nearest_language()
    {
        var book = Read("# Phrases\n\nSome words.\n\n## Greeting\n- Hello!\n  - ms: Hai!\n- Hi.\n\n## Closing\n- Bye.\n", out var faults);

        faults.Should().BeEmpty();
        book.Phrases.Select(p => p.Id).Should().Equal("greeting-1", "greeting-2", "closing-1");
        book.Phrases[0].In("ms-MY").Should().Be("Hai!");
        book.Phrases[0].In("und").Should().Be("Hello!");
        book.Phrases[0].In("vi").Should().BeNull("the owner wrote none, so it is not offered");
    }

    [Theory]
    [InlineData("## Greetings\n- Hello!", "1:4 There is no kind of phrase `Greetings`.")]
    [InlineData("## Closing\n- We refund you.", "2:3 A phrase may be added to any reply, and this one says too much: it speaks of money.")]
    [InlineData("## Closing\n- Bye {{ customer.first_name }}", "2:3 A phrase holds no number, link, place for a fact or markup.")]
    [InlineData("## Closing\n- It comes in 2 days", "2:3 A phrase holds no number, link, place for a fact or markup.")]
    [InlineData("## Closing\n- Bye\n  - ms: Jumpa\n  - ms: Lagi", "4:3 The language `ms` stands twice.")]
    [InlineData("## Closing\nBye", "2:1 This is neither a phrase nor a language of one.")]
    [InlineData("## Closing\n- a b c d e f g h i j k l m n o", "2:3 A phrase has at most 14 words.")]
    public void with_a_fault_says_where_and_what(string source, string fault)
    {
        Read(source, out var faults);
        faults.Should().Equal(fault);
    }
}
