using OpsChat.Facts;

namespace OpsChat.Prompts;

/// <summary>The names that a prompt may use.</summary>
internal static class PromptVocabulary
{
    /// <summary>The customer's own words, in any shape: they stand only inside a block that marks them as data.</summary>
    public static IReadOnlySet<string> Quoted { get; } = new HashSet<string> { "customer_words", "conversation", "text" };

    private static readonly HashSet<string> Variables =
    [
        .. Quoted, "playbook", "playbook.title", "playbook.reply", "facts", "language", "max_words", "condition", "failures", "style",
        "this", "name", "value", "else", "@index", "@first", "@last",
    ];

    public static IEnumerable<string> All => Variables.Concat(FactNames.All.Keys);

    public static bool Knows(string name) => Variables.Contains(name) || FactNames.All.ContainsKey(name);

    /// <summary>The four parts of every prompt, in their order.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["Context", "Constraints", "Action", "Validation"];

    /// <summary>The file of a job: <c>judge-condition.hbs</c>.</summary>
    public static string FileOf(PromptJob job) => job switch
    {
        PromptJob.Draft => "draft.hbs",
        PromptJob.JudgeCondition => "judge-condition.hbs",
        PromptJob.Translate => "translate.hbs",
        PromptJob.Summarise => "summarise.hbs",
        _ => throw new ArgumentOutOfRangeException(nameof(job), job, "Every job has a file."),
    };

    public const string StyleFile = "style.hbs";
}
