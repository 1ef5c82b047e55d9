using OpsChat.Learning;

namespace OpsChat.Tests.Learning;

public class The_name_of_a_proposed_playbook
{
    private static readonly string[] s_others =
    [
        "where is my order",
        "i want to return the mug",
        "when do you open",
        "can i pay by card",
        "my order arrived broken",
        "is the blue mug in stock",
        "do you deliver to ipoh",
        "please help me with my order",
        "i need help with a payment",
        "i want to talk to a person",
        "how do i pay",
        "i have a question about my account",
        "can you help me with my account",
        "how much is the mug",
        "i want to buy two mugs",
        "thanks for the help",
    ];

    [Theory]
    [InlineData(
        "delete-account",
        "i want to delete my account",
        "how do i delete my account",
        "please help me to remove my account",
        "delete the account please",
        "can you close my account"
    )]
    [InlineData(
        "gift-wrapping",
        "can you do gift wrapping",
        "i need gift wrapping please",
        "how much is gift wrapping for two mugs",
        "gift wrapping for my mum",
        "do you wrap it as a gift"
    )]
    [InlineData(
        "engraving",
        "do you offer engraving",
        "engraving on the mug please",
        "how long does engraving take",
        "i want an engraving with a name",
        "is engraving free"
    )]
    public void is_what_its_customers_say_and_others_do_not_in_their_order(string name, params string[] messages) =>
        new IssueNames([.. s_others, .. messages]).Of(messages, [.. messages.Select(_ => "We look at it.")], new HashSet<string>()).Should().Be(name);

    [Fact]
    public void is_rather_a_word_that_people_answer_with_too()
    {
        string[] messages = ["a parrot wants turquoise", "turquoise for the parrot", "is there turquoise", "turquoise again"];

        new IssueNames([.. s_others, .. messages]).Of(messages, [.. messages.Select(_ => "Turquoise comes in spring.")], new HashSet<string>())
            .Should().Be("turquoise");
    }

    [Fact]
    public void is_another_one_when_it_is_taken_and_a_plain_one_where_no_letters_for_a_files_name_are_left()
    {
        string[] engraving = ["do you offer engraving", "engraving please", "engraving on a mug"];
        new IssueNames([.. s_others, .. engraving]).Of(engraving, [], new HashSet<string> { "engraving" }).Should().Be("engraving-2");

        string[] thai = ["ห่อของขวัญได้ไหม", "ห่อของขวัญ", "ขอห่อของขวัญ"];
        new IssueNames([.. s_others, .. thai]).Of(thai, [], new HashSet<string>()).Should().Be("question");
    }
}
