using OpsChat.Playbooks;

namespace OpsChat.Learning;

/// <summary>A text of a playbook that a customer may get.</summary>
internal sealed record OwnerText(Playbook Playbook, TextTemplate Text)
{
    /// <summary>The standard replies and the replies of rules, in every language.</summary>
    public static IReadOnlyList<OwnerText> Of(PlaybookSet set) =>
        [
            .. set.Playbooks.SelectMany(playbook =>
                playbook
                    .StandardReply.All.Concat(
                        playbook
                            .Rules.Where(rule => rule.Action is RuleAction.Reply or RuleAction.Approve)
                            .SelectMany(rule => rule.Reply.All)
                    )
                    .Select(text => new OwnerText(playbook, text))
            ),
        ];
}
