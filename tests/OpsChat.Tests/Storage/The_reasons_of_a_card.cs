using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Tests.Storage;

public class The_reasons_of_a_card
{
    private static readonly CardReason[] s_one =
    [
        new CardReason.OfGate(GateReason.ControlArm),
        new CardReason.RuleNote("Customer reports damage."),
        new CardReason.ModelWorded(),
        new CardReason.ModelWrote(),
        new CardReason.ModelProposed(),
        new CardReason.Failed(),
        new CardReason.TappedForPerson(),
        new CardReason.TakenOver("Mira"),
        new CardReason.Rejected("Mira", ErrorKind.Outdated, "the “old” price"),
        new CardReason.NotNeeded("Mira"),
        new CardReason.NobodyDecided(),
        new CardReason.NotSent("The customer wrote again meanwhile.", MayHaveLeft: true),
        new CardReason.Said("A sentence."),
    ];

    [Fact]
    public void are_read_as_they_were_stored_and_each_has_a_sentence()
    {
        typeof(CardReason).GetNestedTypes().Should().BeEquivalentTo(s_one.Select(reason => reason.GetType()), "each kind is among these");

        CardReasonColumn.Read(Columns.Json<IReadOnlyList<CardReason>>(s_one)).Should().Equal(s_one);

        s_one.Select(GateReasonText.Sentence).Should().OnlyHaveUniqueItems().And.OnlyContain(sentence => sentence.EndsWith('.'));
    }

    [Fact]
    public void are_stored_by_codes_and_not_in_the_owners_words() =>
        Columns.Json<IReadOnlyList<CardReason>>([new CardReason.OfGate(GateReason.ControlArm), new CardReason.TakenOver("Mira")])
            .Should()
            .Be("""[{"code":"gate","reason":"ControlArm"},{"code":"taken-over","who":"Mira"}]""");

    [Fact]
    public void are_read_from_rows_of_versions_that_stored_names_and_sentences() =>
        CardReasonColumn
            .Read(
                """["Mira took this over.","MessageMovesMoney","Note: Customer reports damage.","OpsChat failed on this message several times; the log says why.","7"]"""
            )
            .Should()
            .Equal(
                new CardReason.Said("Mira took this over."),
                new CardReason.OfGate(GateReason.MessageMovesMoney),
                new CardReason.Said("Note: Customer reports damage."),
                new CardReason.Failed(),
                new CardReason.Said("7")
            );

    [Fact]
    public void of_the_gate_are_found_again_by_the_words_they_are_counted_under() =>
        Enum.GetValues<GateReason>().Should().OnlyContain(reason => GateReasonText.Named(GateReasonText.Words(reason)) == reason);
}
