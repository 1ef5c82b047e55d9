using System.Security.Cryptography;
using System.Text;

namespace OpsChat.Learning;

/// <summary>What is proposed. A gap proposes nothing but says what nobody could answer.</summary>
public enum ProposalKind { Examples, NewPlaybook, Reply, Exception, Gap }

/// <summary>One turn that speaks for a proposal, masked.</summary>
/// <param name="Said">The customer's words as far as they are common.</param>
/// <param name="Answered">The person's, likewise; null when nobody answered.</param>
public sealed record ProposedCase(string Turn, string Said, string? Answered);

/// <summary>What a proposal would do to the messages of the past, by cross-validation: each message is read by a classifier that did not
/// learn it.</summary>
/// <param name="Messages">Messages of people's answers on which it was measured.</param>
/// <param name="MoreRight">How many more would get the answer that a person gave.</param>
/// <param name="MoreWrong">How many more would get another one.</param>
/// <param name="Confusions">What would be taken for what, in words, the most frequent first.</param>
public sealed record ProposalGain(int Messages, int MoreRight, int MoreWrong, IReadOnlyList<string> Confusions);

/// <summary>A change of a playbook that people's corrections speak for, or a question that nobody could answer.</summary>
/// <param name="Playbook">The playbook's name; for a gap empty.</param>
/// <param name="Edit">Null for a gap.</param>
/// <param name="Evidence">Conversations that speak for it.</param>
public sealed record Proposal(ProposalKind Kind, string Playbook, string Title, PlaybookEdit? Edit, int Evidence, IReadOnlyList<ProposedCase> Cases)
{
    /// <summary>Why it is proposed, in a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>Null where nothing is to be measured.</summary>
    public ProposalGain? Gain { get; init; }

    /// <summary>How long people needed in the middle; null when nobody answered.</summary>
    public TimeSpan? Waited { get; init; }

    /// <summary>Whether it stands above the line: enough people said so, and what was measured speaks for it.</summary>
    public bool IsAboveTheLine { get; init; }

    /// <summary>By this it is known before it was ever stored; the same cases give the same.</summary>
    public string NewId() =>
        "p"
        + Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes($"{Kind}|{Playbook}|{Cases.Select(c => c.Turn).Order(StringComparer.Ordinal).FirstOrDefault()}")
            )
        )[..9];

    /// <summary>The playbook's file.</summary>
    public string File => $"{Playbook}.md";

    /// <summary>Shows no words.</summary>
    public override string ToString() => $"{Kind} {Playbook}";
}
