using OpsChat.Models.Encoding;
using OpsChat.Playbooks;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_condition_in_prose_with_an_encoder
{
    private static readonly CachedEncoder Encoder = new(((OpenedEncoder.Ready)MiniLmEncoder.Open(MiniLmEncoder.UsualFolder)).Encoder, null);

    private static readonly string[] Conditions = ["somebody else took the parcel", "the parcel is damaged", "the customer wants to pay later"];

    private static readonly MessageReader Reader = MessageReader.Train(SmallShop.Issues, Conditions, Encoder);

    [Theory]
    [InlineData("somebody else took the parcel", "a stranger picked up my package")]
    [InlineData("the customer wants to pay later", "is it possible to settle the bill next month")]
    public void is_looked_at_by_a_person_when_a_message_means_it_in_other_words(string condition, string message) =>
        Reader.Holds(condition, message).Should().Be(Truth.Unsure);

    [Theory]
    [InlineData("somebody else took the parcel", "where is my parcel")]
    [InlineData("the customer wants to pay later", "which cards do you take")]
    [InlineData("the parcel is damaged", "what are your opening hours")]
    public void does_not_hold_for_a_message_about_the_same_subject(string condition, string message) =>
        Reader.Holds(condition, message).Should().Be(Truth.No);

    [Theory]
    [InlineData("the parcel is damaged", "my box arrived broken", Truth.Yes)]
    [InlineData("the parcel is damaged", "what if the parcel is damaged?", Truth.Unsure)]
    public void is_never_made_to_hold_or_taken_back_by_the_encoder(string condition, string message, Truth byWords)
    {
        var judged = Reader.Judge(condition, message);

        judged.Should().Be(new ProseJudgement(byWords, null));
    }

    [Fact]
    public void is_judged_the_same_again_from_the_record_without_an_encoder()
    {
        const string Condition = "somebody else took the parcel", Message = "a stranger picked up my package";
        var first = Reader.Judge(Condition, Message);
        var record = new RecordedEncoder(new([], [first.Similarity!]));

        MessageReader.Train(SmallShop.Issues, Conditions).Judge(Condition, Message, record).Should().Be(first);
        record.Missing.Should().BeEmpty();
    }
}
