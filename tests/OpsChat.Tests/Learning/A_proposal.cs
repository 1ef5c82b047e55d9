using System.Text;
using OpsChat.Facts;
using OpsChat.Learning;
using OpsChat.Playbooks;
using static OpsChat.Tests.Learning.SmallMugShop;

namespace OpsChat.Tests.Learning;

public class A_proposal
{
    [Fact]
    public void of_a_playbook_comes_from_answers_alike_and_is_accepted_by_the_linter()
    {
        var proposal = Propose(GiftPaper(8)).Should().ContainSingle(p => p.Kind == ProposalKind.NewPlaybook).Subject;

        proposal.Evidence.Should().Be(8);
        proposal.Playbook.Should().Contain("gift");
        proposal.Waited.Should().Be(TimeSpan.FromMinutes(20));
        var read = PlaybookParser.Parse(proposal.File, Encoding.UTF8.GetBytes(proposal.Edit!.Apply(null)!), Known.Shop.Vocabulary);
        read.Findings.Should().BeEmpty();
        read.Playbook!.StandardReply.Default.Source.Should().Contain("ribbon sign");
        read.Playbook.Examples.Should().HaveCountGreaterThan(3).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void of_a_playbook_has_the_facts_of_an_order_as_places()
    {
        var lessons = Enumerable
            .Range(0, 5)
            .Select(i =>
            {
                var (number, day) = ($"#{4100 + (37 * i)}", new DateOnly(2026, 12, 1).AddDays(i));
                return Lesson(
                    i,
                    GiftPaper(5)[i].Words,
                    $"Order {number} gets gift paper and still arrives by {day:d MMM yyyy}.",
                    new Fact("order.number", FactValue.Of(number), "orders.csv", default),
                    new Fact("order.promised_by", FactValue.Of(day), "orders.csv", default)
                );
            })
            .ToList();

        var text = Propose(lessons).First(p => p.Kind == ProposalKind.NewPlaybook).Edit!.Apply(null)!;

        text.Should()
            .Contain("Order {{ order.number }} gets gift paper")
            .And.MatchRegex(@"arrives by \{\{ (date )?order\.promised_by \}\}")
            .And.NotMatchRegex("#41|#42");
    }

    [Fact]
    public void of_a_playbook_says_nothing_that_a_person_wrote_to_one_customer_only()
    {
        var lessons = GiftPaper(6)
            .Select(
                (lesson, i) =>
                    lesson with
                    {
                        Sent =
                            $"Hi {new[] { "Zubeida", "Quill", "Oriel", "Tamsin", "Ewart", "Bram" }[i]}, {lesson.Sent} Your voucher is {77_000 + i}.",
                    }
            )
            .ToList();

        var text = Propose(lessons).First(p => p.Kind == ProposalKind.NewPlaybook).Edit!.Apply(null)!;

        text.Should().Contain("ribbon sign").And.NotContainAny("Zubeida", "Quill", "Oriel", "Tamsin", "Ewart", "Bram", "77", "voucher");
    }

    [Fact]
    public void of_example_phrases_comes_from_answers_that_say_what_a_playbook_says()
    {
        string[] words =
        [
            "until which hour may i come by on weekdays",
            "may i come by on weekdays before noon",
            "which days may i come by",
            "may i come by this weekday evening",
        ];
        var lessons = words
            .Select((said, i) => Lesson(i, said, "We are open on weekdays from nine to six, on Sundays the shop is closed."))
            .ToList();

        var proposal = Propose(lessons).Should().ContainSingle(p => p.Kind == ProposalKind.Examples).Subject;

        proposal.Playbook.Should().Be("opening-hours");
        proposal.Gain.Should().NotBeNull();
        var after = proposal.Edit!.Apply(Files["opening-hours"])!;
        after.Should().StartWith(Files["opening-hours"].Split("\n\n## Standard Reply")[0]);
        PlaybookParser
            .Parse("opening-hours.md", Encoding.UTF8.GetBytes(after), Known.Shop.Vocabulary)
            .Playbook!.Examples.Should()
            .HaveCountGreaterThan(6);
    }

    [Fact]
    public void of_a_reply_comes_from_the_same_edit_again_and_again()
    {
        const string Old = "The shop is open from nine to six on weekdays and closed on Sundays.",
            New = "The shop is open from ten to seven on weekdays and closed on Sundays.";
        var lessons = Enumerable
            .Range(0, 4)
            .Select(i => Lesson(i, "when do you open", New) with { Playbook = "opening-hours", Suggested = $"Hello!\n\n{Old}" })
            .Append(
                Lesson(9, "when do you open", "The shop is open from nine to six on weekdays, and on Sundays with an appointment.") with
                {
                    Playbook = "opening-hours",
                    Suggested = Old,
                }
            )
            .ToList();

        var proposal = Propose(lessons).Should().ContainSingle(p => p.Kind == ProposalKind.Reply).Subject;

        proposal.Evidence.Should().Be(4);
        proposal.Edit!.Apply(Files["opening-hours"]).Should().Be(Files["opening-hours"].Replace(Old, New, StringComparison.Ordinal));
    }

    [Fact]
    public void of_a_reply_is_none_where_people_answered_another_matter_in_its_place()
    {
        const string Old = "The shop is open from nine to six on weekdays and closed on Sundays.";
        var lessons = Enumerable
            .Range(0, 4)
            .Select(i => Lesson(i, "may i come by with my dog", "Dogs are welcome on a leash, water stands beside the door.") with
            {
                Playbook = "opening-hours",
                Suggested = Old,
            })
            .ToList();

        Propose(lessons).Should().NotContain(p => p.Kind == ProposalKind.Reply);
    }

    [Fact]
    public void of_an_exception_is_the_fact_that_tells_the_rejected_drafts_from_the_approved_ones()
    {
        Lesson Draft(int i, bool isShipped) =>
            Lesson(
                i,
                "my mug arrived broken",
                null,
                new Fact("order.is_shipped", FactValue.Of(isShipped), "", default),
                new Fact("order.is_paid", FactValue.Of(true), "", default)
            ) with
            {
                Playbook = "damaged-mug",
                Verdict = "AskOwner",
                Suggested = "A new one leaves tomorrow.",
            };
        var lessons = Enumerable
            .Range(0, 4)
            .Select(i => Draft(i, isShipped: false) with { Refused = new("Incorrect", "the parcel has not left yet") })
            .Concat(Enumerable.Range(10, 5).Select(i => Draft(i, isShipped: true) with { WasApproved = true }))
            .ToList();

        var proposal = Propose(lessons).Should().ContainSingle(p => p.Kind == ProposalKind.Exception).Subject;

        var rule = PlaybookParser
            .Parse("damaged-mug.md", Encoding.UTF8.GetBytes(proposal.Edit!.Apply(Files["damaged-mug"])!), Known.Shop.Vocabulary)
            .Playbook!.Rules.Should()
            .ContainSingle()
            .Subject;
        rule.Condition.Shown.Should().Be("`not order.is_shipped`");
        rule.Action.Should().Be(RuleAction.HandOff);
    }

    [Fact]
    public void is_none_where_people_answered_each_in_other_words_but_the_question_is_a_gap()
    {
        string[] answers =
        [
            "We ring the courier.",
            "Nobody here knows that yet, wait for spring.",
            "Ask the potter in Ipoh.",
            "It depends on the glaze of your batch.",
        ];
        var lessons = answers
            .Select(
                (sent, i) => Lesson(i, $"is the glaze of the mug food safe {new[] { "please", "really", "for tea", "for soup" }[i]}", sent)
            )
            .ToList();

        var proposals = Propose(lessons);

        proposals.Should().OnlyContain(p => p.Kind == ProposalKind.Gap);
        proposals
            .Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(
                new
                {
                    Evidence = 4,
                    IsAboveTheLine = false,
                    Waited = TimeSpan.FromMinutes(20),
                }
            );
    }

    [Fact]
    public void that_was_refused_comes_back_only_with_twice_the_evidence_and_one_that_was_taken_never()
    {
        var refused = Decided(Propose(GiftPaper(5)).First(p => p.Kind == ProposalKind.NewPlaybook), isRefused: true);

        Propose(GiftPaper(9), refused).Should().NotContain(p => p.Kind == ProposalKind.NewPlaybook);
        Propose(GiftPaper(10), refused).Should().Contain(p => p.Kind == ProposalKind.NewPlaybook);
        Propose(GiftPaper(10), refused with { IsRefused = false }).Should().NotContain(p => p.Kind == ProposalKind.NewPlaybook);
    }

    [Fact]
    public void is_the_same_whatever_the_order_of_the_lessons() =>
        Propose([.. GiftPaper(8).Reverse()]).Select(p => p.Edit?.Apply(null)).Should().Equal(Propose(GiftPaper(8)).Select(p => p.Edit?.Apply(null)));

    private static DecidedProposal Decided(Proposal proposal, bool isRefused) =>
        new(proposal.Kind, proposal.Playbook, isRefused, proposal.Evidence, proposal.Cases.Select(c => c.Turn).ToHashSet());
}
