using OpsChat.Playbooks;

namespace OpsChat.Drafting;

/// <summary>Who wrote the words of a draft.</summary>
public enum DraftOrigin { None, StandardReply, Rule, StandingText, Model }

/// <summary>A proposed reply with its evidence. A value: making one sends nothing.</summary>
public sealed record Draft
{
    public static Draft Nothing { get; } = new();

    /// <summary>The words; null when nothing could be rendered, and <see cref="MissingFacts"/> says why.</summary>
    public string? Text { get; init; }
    public DraftOrigin Origin { get; init; }

    /// <summary>The language variant used: its tag, or <c>und</c> for the default text.</summary>
    public string Language { get; init; } = "und";

    /// <summary>The rule that decided; null when none held and the standard reply was used.</summary>
    public ExceptionRule? Rule { get; init; }

    /// <summary>The rule wants a person to answer; <see cref="Text"/> is then only the suggestion.</summary>
    public bool HandsOff { get; init; }

    /// <summary>The reason that the rule gives to the person, if any.</summary>
    public string? Note { get; init; }

    /// <summary>Who the rule hands off to; null for the playbook's owner.</summary>
    public string? HandOffTo { get; init; }

    /// <summary>The rule asks the customer; <see cref="Text"/> is the question.</summary>
    public bool Asks { get; init; }

    /// <summary>The rule wants the owner's approval.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>A rule whose condition in prose could neither be confirmed nor ruled out; null when there was none.</summary>
    public ExceptionRule? InDoubt { get; init; }
    public IReadOnlyList<string> FactsUsed { get; init; } = [];

    /// <summary>The words say that a person still works on it.</summary>
    public bool IsReminder { get; init; }

    /// <summary>Ids of the owner's phrases and further texts that stand around the reply; empty for the reply alone.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>Facts that the text needs and that are missing.</summary>
    public IReadOnlyList<string> MissingFacts { get; init; } = [];

    /// <summary>The whole reply stands in the chat already, and <see cref="Text"/> is the part of it that answers.</summary>
    public bool IsPart { get; init; }

    /// <summary>The words are the playbook's own as the owner wrote them, and no fact of an order is in them.</summary>
    public bool IsWrittenTerms => Origin is DraftOrigin.StandardReply or DraftOrigin.Rule && Text is not null && !FactsUsed.Any(IsAboutTheOrder);

    private static bool IsAboutTheOrder(string fact) => fact.Split('.')[0] is "order" or "shipment" or "return" or "customer";
}
