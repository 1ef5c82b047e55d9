using OpsChat.Messages;
using OpsChat.Understanding;

namespace OpsChat.Decisions;

/// <summary>Tells a customer who asks the same again from one who goes on: to another product, colour, place or order, or to another fact about the
/// same. Pure.</summary>
public static class SameQuestion
{
    /// <summary>Whether the matter brings something that its case did not hold: a slot's new value, or a question for another fact.</summary>
    public static bool GoesOn(TurnDecision matter) =>
        matter.Turn.Cases.FirstOrDefault(open => open.Id == matter.SupportCase.Id) is not { } before
        || matter.SupportCase.Slots.Shown().Any(now => before.Slots.Shown().GetValueOrDefault(now.Key) != now.Value)
        || matter.Told.Product.NotMade.Count > 0
        || AsksAnother(before, matter.Matter.Text);

    private static bool AsksAnother(Case before, string text) => QuestionDetector.AskedFor(text).Except(QuestionDetector.AskedFor(before.Words)).Any();
}
