using OpsChat.Drafting;

namespace OpsChat.Models.Jobs;

/// <summary>One question on its way through the kernel: what the filters need to know of it, and what they note on it.</summary>
internal sealed class ModelCall(ModelQuestion question)
{
    /// <summary>The name under which it lies among a function's arguments. No prompt can name it.</summary>
    public const string Argument = "$call";

    public ModelQuestion Question => question;

    /// <summary>The sentences that the last answer was turned down for; the next prompt shows them.</summary>
    public IReadOnlyList<string> Failures { get; set; } = [];

    /// <summary>Decides when the prompt is known: an answer that is at hand already, a reason not to ask, or null to go on.</summary>
    public Func<string, ValueTask<ModelAnswer<string>?>> AdmitAsync { get; set; } = _ => default;

    public ModelAnswer<string>? Answer { get; set; }
}
