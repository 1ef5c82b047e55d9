namespace OpsChat.Tests.Support;

/// <summary>The pages of the console that stand without a customer, an alert or a proposal of their own.</summary>
static class ConsolePages
{
    public static IReadOnlyList<string> All { get; } =
    [
        "/owner",
        "/owner?view=done",
        "/owner?q=refund",
        "/owner/today",
        "/owner/tasks",
        "/owner/exceptions",
        "/owner/stock",
        "/owner/parcels",
        "/owner/suppliers",
        "/owner/returns",
        "/owner/ads",
        "/owner/fulfilment",
        "/owner/lanes",
        "/owner/kpi",
        "/owner/kpi?q=what+runs+out+this+week",
        "/owner/data",
        "/owner/playbooks",
        "/owner/playbooks/edit?file=refund-request.md",
        "/owner/playbooks/edit?file=_shop.md",
        "/owner/playbooks/edit?file=canary.config.json",
        "/owner/playbooks/edit?file=operations.config.json",
        "/owner/playbooks/edit?file=prompts%2Fdraft.scriban",
        "/owner/playbooks/history?file=refund-request.md",
        "/owner/learn",
        "/owner/report",
        "/owner/report?playbook=where-is-my-order",
        "/owner/report/compare",
        "/owner/conversations?show=answered",
        "/owner/people",
        "/owner/setup",
        "/owner/setup?check=yes",
    ];
}
