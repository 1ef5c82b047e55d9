using OpsChat.Facts;

namespace OpsChat.Drafting.Prompts;

/// <summary>The names that a prompt may use.</summary>
internal static class PromptVocabulary
{
    /// <summary>The customer's own words, in any shape: they stand only inside a block that marks them as data.</summary>
    public static IReadOnlySet<string> Quoted { get; } = new HashSet<string> { "customer_words", "conversation", "text" };

    /// <summary>What a <c>for</c> may walk through, with the members of each item; none where the item itself is the text.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["facts"] = ["name", "value"],
        ["failures"] = [],
        ["playbooks"] = ["id", "title", "about"],
        ["phrases"] = ["id", "text"],
        ["additions"] = ["id", "text"],
        ["slots"] = [],
    };

    private static readonly HashSet<string> Variables =
    [
        .. Quoted, .. Lists.Keys, "playbook", "playbook.title", "playbook.reply", "language", "max_words", "condition", "question", "style",
    ];

    public static IEnumerable<string> All => Variables.Concat(FactNames.All.Keys);

    public static bool Knows(string name) => Variables.Contains(name) || FactNames.All.ContainsKey(name);

    /// <summary>The four parts of every prompt, in their order.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["Context", "Constraints", "Action", "Validation"];

    /// <summary>The file of a job: <c>judge-condition.scriban</c>.</summary>
    public static string FileOf(PromptJob job) => NameOf(job) + Extension;

    /// <summary>The job's name in traces and reports: its file's, without <c>.scriban</c>.</summary>
    public static string NameOf(PromptJob job) => job switch
    {
        PromptJob.Read => "read",
        PromptJob.Compose => "compose",
        PromptJob.Draft => "draft",
        PromptJob.JudgeCondition => "judge-condition",
        PromptJob.Translate => "translate",
        PromptJob.Summarise => "summarise",
        PromptJob.Suggest => "suggest",
        PromptJob.Ask => "ask",
        _ => throw new ArgumentOutOfRangeException(nameof(job), job, "Every job has a file."),
    };

    public const string Extension = ".scriban";

    public const string StyleFile = "style" + Extension;
}
