namespace OpsChat.Approvals;

/// <summary>What somebody may be allowed on the owner's side. Which role has which is said in <see cref="Rights"/> and nowhere else.</summary>
public enum Right
{
    /// <summary>Read everything, and say that they are there.</summary>
    Look,

    /// <summary>Answer customers and decide cards, up to their limit of amount; pause the agent; keep notes, alerts and to-dos.</summary>
    Serve,

    /// <summary>Say how far the agent and the lanes go, and approve what is done outside the chat.</summary>
    Steer,

    /// <summary>Let a text that a model proposed reach customers as it is.</summary>
    Publish,

    /// <summary>Write what every customer is answered: playbooks, translations in own words, the shop's data, the canary.</summary>
    EditFiles,

    /// <summary>Add people, change and remove them, and make links for them.</summary>
    ManagePeople,
}

/// <summary>Who may do what. Pure.</summary>
public static class Rights
{
    /// <summary>Whether this person may do that.</summary>
    public static bool May(this Approver who, Right right) => right switch
    {
        Right.Look => true,
        Right.Serve => who.Role != PersonRole.ReadOnly,
        Right.Steer => who.Role is PersonRole.Owner or PersonRole.Approver,
        Right.Publish or Right.ManagePeople => who.Role == PersonRole.Owner,
        // An approver of the settings without a limit is an owner of everything but the files.
        Right.EditFiles => who is { Role: PersonRole.Owner, IsOfSettings: false },
        _ => false,
    };

    /// <summary>Whether this person has every right of the other. Nobody gives a right, or signs in somebody, beyond that.</summary>
    public static bool HasAllOf(this Approver who, Approver other) =>
        Enum.GetValues<Right>().All(right => !other.May(right) || who.May(right))
        && (who.Limit is null || (other.Limit is { } limit && limit <= who.Limit));
}
