using System.Text;
using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

/// <summary>Playbook files and facts to begin a test with.</summary>
internal static class A
{
    public const string WhereIsMyOrder = """
        ---
        module: logistics
        autonomy: canary
        financial: no
        max_words: 60
        link: required
        owner: warehouse
        ---
        # Where is my order?

        ## Issue Type
        The customer wants to know where a parcel is or when it arrives.

        - where is my order
        - my parcel has not arrived
        - bila barang saya sampai

        ## Standard Reply
        Hi {{customer.first_name}}, order {{order.number}} is with {{shipment.carrier}}, tracking {{shipment.tracking}}.
        It should reach you by {{date order.promised_by}}: {{shipment.tracking_url}}

        ### ms
        Hai {{customer.first_name}}, pesanan {{order.number}}: {{shipment.tracking_url}}

        ## Exception Handling
        - When `order.missing`, ask: Could you send me your order number, please? It looks like #1001.
        - When `shipment.days_since_scan > 3`, hand off to warehouse: No carrier scan for {{shipment.days_since_scan}} days.
        - When the parcel is damaged, hand off: Customer reports damage.
        - When `return.window_open` and the customer wants the money back, approve: We are sorry. We can refund {{order.total}}.

        ## Tests

        | Customer says | Expect |
        |---|---|
        | where is order #1001? | AskCustomer |
        | my parcel is broken | HandOff, where-is-my-order |
        """;

    public static ParsedPlaybook Parsed(string text, string file = "where-is-my-order.md") =>
        PlaybookParser.Parse(file, Encoding.UTF8.GetBytes(text), FactVocabulary.Standard);

    /// <summary>The playbook of a text that must be free of errors.</summary>
    public static Playbook Playbook(string text, string file = "where-is-my-order.md")
    {
        var parsed = Parsed(text, file);
        parsed.Findings.Where(finding => finding.IsError).Should().BeEmpty();
        return parsed.Playbook!;
    }

    /// <summary>A sound playbook with the given reply and rules.</summary>
    public static string PlaybookText(
        string reply = "We are open every day.",
        string rules = "",
        string examples = "- when are you open",
        string frontMatter = ""
    ) =>
        $"{(frontMatter.Length == 0 ? "" : $"---\n{frontMatter}\n---\n")}# Title\n\n## Issue Type\nAbout something.\n\n{examples}\n\n## "
            + $"Standard Reply\n{reply}\n\n## Exception Handling\n{rules}\n";

    public static FactSet Facts(params (string Name, FactValue Value)[] facts) =>
        new(facts.Select(fact => new Fact(fact.Name, fact.Value, "a test", DateTimeOffset.UnixEpoch)));
}
