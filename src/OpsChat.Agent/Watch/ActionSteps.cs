using OpsChat.Operations.Actions;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>The steps of an action outside the chat, as they are stored and audited.</summary>
static class ActionSteps
{
    public static ActionAnswer.Done Add(UnitOfWork session, ShopAction action, string who, DateTimeOffset now)
    {
        session.ShopActions.Add(action);
        return Told(session, action.Id, who, "proposed", now);
    }

    /// <summary>The audit row and the alert's history of a step that is done; the content stands in the row only as its hash.</summary>
    public static ActionAnswer.Done Told(UnitOfWork session, string id, string who, string verb, DateTimeOffset now)
    {
        var action = session.ShopActions.Find(id)!;
        session.Audit.Append(
            "action",
            who,
            action.Id,
            new
            {
                Verb = verb,
                Kind = action.Kind.Word(),
                action.Revision,
                action.Hash,
                action.Lane,
                Amount = action.Amount?.ToString(),
            },
            now
        );
        if (action.Alert.Length > 0)
        {
            session.Alerts.Happened(action.Alert, new(now, who, verb, action.Text));
        }

        return new(action);
    }
}
