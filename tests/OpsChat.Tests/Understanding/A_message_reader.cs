using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_message_reader
{
    private static readonly MessageReader Reader = MessageReader.Train(SmallShop.Issues, ["the parcel is damaged"]);

    [Fact]
    public void chooses_the_playbook_of_a_clear_message() =>
        Reader.Choose(Reader.Read("hi, where is my order?")).Should().Be("where-is-my-order");

    [Theory]
    [InlineData("hello??")]
    [InlineData("ok tq")]
    [InlineData("thanks, bye")]
    public void chooses_no_playbook_for_small_talk(string message)
    {
        var reading = Reader.Read(message);

        reading.SmallTalk.Should().NotBe(SmallTalk.None);
        Reader.Choose(reading).Should().BeNull();
    }

    [Fact]
    public void takes_small_talk_that_an_owner_gave_as_an_example_for_an_issue()
    {
        IReadOnlyList<IssueExamples> issues = [.. SmallShop.Issues, new("say-hello", "", ["hello", "good morning", "hi there"])];
        var reader = MessageReader.Train(issues, []);

        reader.Read("Hello!").SmallTalk.Should().Be(SmallTalk.None);
    }

    [Theory]
    [InlineData("123456")]
    [InlineData("hi 4047")]
    public void chooses_no_playbook_for_a_number_that_may_be_anything(string message)
    {
        var reader = MessageReader.Train([.. SmallShop.Issues, new("my-order", "", ["order", "my order", "order status", "status of my order"])], []);

        reader.Choose(reader.Read(message)).Should().BeNull();
        reader.Choose(reader.Read("order")).Should().Be("my-order");
    }

    [Fact]
    public void finds_several_issues_in_one_message() =>
        Reader
            .Read("where is my parcel and can I also change the address")
            .SeveralIssues.Should()
            .BeEquivalentTo("where-is-my-order", "change-address");

    [Theory]
    [InlineData("where is my order")]
    [InlineData("where is my order? i ordered last week and it has not arrived")]
    [InlineData("it arrived broken, the mug is cracked and the box is damaged")]
    public void finds_one_issue_in_a_message_that_only_says_more_about_it(string message) =>
        Reader.Read(message).SeveralIssues.Should().BeEmpty();

    [Fact]
    public void keeps_the_conversations_language_when_a_message_is_too_short_to_tell() =>
        Reader.Read("ok", conversationLanguage: "ms").Language.Should().Be("ms");

    [Theory]
    [InlineData("the parcel is damaged", "my box arrived broken", Truth.Yes)]
    [InlineData("the parcel is damaged", "barang saya rosak", Truth.Yes)]
    [InlineData("the parcel is damaged", "my pacel is damgaed", Truth.Yes)]
    [InlineData("the parcel is damaged", "where is my parcel", Truth.No)]
    [InlineData("the parcel is damaged", "what are your opening hours", Truth.No)]
    [InlineData("the parcel is damaged", "my parcel is not damaged", Truth.No)]
    [InlineData("the parcel is damaged", "what if the parcel is damaged?", Truth.Unsure)]
    [InlineData("the parcel has not arrived", "my order never came", Truth.Yes)]
    [InlineData("the parcel has not arrived", "it has arrived, thanks", Truth.No)]
    [InlineData("the customer wants the money back", "refnd please", Truth.Yes)]
    [InlineData("the customer wants the money back", "do you have this in red", Truth.No)]
    [InlineData("the customer wants to change the address", "what is the address of your shop", Truth.Unsure)]
    public void matches_a_condition_in_prose_like_an_example(string condition, string message, Truth expected) =>
        Reader.Holds(condition, message).Should().Be(expected);
}
