using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;

namespace OpsChat.Operations.Actions;

/// <summary>Ids of proposed actions: the same alert and kind give the same id, so that what is asked for twice is one action.</summary>
public static class ActionIds
{
    /// <param name="again">How many of this kind the episode had before.</param>
    public static string Of(Alert alert, ActionKind kind, int again = 0) =>
        "x" + SubjectKey.IdOf($"{alert.Key}|{alert.Episode}|{kind.Word()}{(again == 0 ? "" : $"|{again}")}");

    /// <summary>Whether an id is that of an action, and not of a reply to a customer.</summary>
    public static bool IsOne(string id) => id is ['x', .. { Length: 16 }];
}
