using System.Security.Cryptography;
using System.Text;
using OpsChat.Playbooks;

namespace OpsChat.Canary;

/// <summary>What evidence is gathered about: one version of a playbook, or the whole.</summary>
/// <param name="Playbook">Null: the whole.</param>
/// <param name="Version">Of the whole: a fingerprint of its members, so that another set of playbooks is counted anew.</param>
/// <param name="Members">The versions whose cases count, as <c>issue@version</c>.</param>
public sealed record EvidenceSubject(string? Playbook, string Version, IReadOnlyList<string> Members)
{
    public static EvidenceSubject Of(Playbook playbook) => new(playbook.Issue, playbook.Version, [$"{playbook.Issue}@{playbook.Version}"]);

    /// <summary>All answers whose playbook a model chose.</summary>
    public static EvidenceSubject ReadByModel { get; } =
        new(ModelStratum.Name, ModelStratum.Version, [$"{ModelStratum.Name}@{ModelStratum.Version}"]);

    public static EvidenceSubject Whole(IEnumerable<Playbook> playbooks)
    {
        IReadOnlyList<string> members = [.. playbooks.Select(p => $"{p.Issue}@{p.Version}").Order(StringComparer.Ordinal)];
        return new(null, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', members))))[..12], members);
    }
}
