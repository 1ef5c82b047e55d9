using System.Security.Cryptography;
using OpsChat.Approvals;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What came of a wish about people.</summary>
/// <param name="IsDone">False when nothing was changed.</param>
/// <param name="Sentence">For the person who wished it.</param>
public sealed record PeopleAnswer(bool IsDone, string Sentence);

/// <summary>Where the owner adds people, gives them another role, and takes them away again. Each change stands in the audit log.</summary>
public sealed class PeopleDesk(IStore store, Approvers approvers, TimeProvider time)
{
    /// <summary>Adds a person, or gives a known one another role and limit; sessions that are open go on with those.</summary>
    /// <param name="limit">For an approver, in major units of the shop's currency; null for none.</param>
    public async Task<PeopleAnswer> SaveAsync(Approver who, string name, PersonRole role, decimal? limit, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > Person.MostCharactersOfAName || name.Any(char.IsControl))
        {
            return new(false, $"Nothing was changed: a name has 1 to {Person.MostCharactersOfAName} characters.");
        }

        if (limit < 0)
        {
            return new(false, "Nothing was changed: a limit is an amount of 0 or more.");
        }

        if (approvers.IsOfSettings(name) || name is "opschat" or "customer")
        {
            return new(
                false,
                $"Nothing was changed: {name} comes from the settings (OpsChat__Approvals__Approvers), where role and limit are changed."
            );
        }

        if (Protected(who, name) is { } kept)
        {
            return kept;
        }

        var next = new Person(name, role, limit, "", time.GetUtcNow(), who.Name);
        if (!who.HasAllOf(next.AsApprover()))
        {
            return new(false, "Nothing was changed: nobody gives more than they may do themselves.");
        }

        var isNew = await store.WriteAsync(
            session =>
            {
                var (now, known) = (time.GetUtcNow(), session.People.Find(name));
                var person = known
                    ?? new Person(name, role, limit, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), now, who.Name);
                session.People.Save(person with { Role = role, Limit = role == PersonRole.Approver ? limit : null });
                session.Audit.Append(
                    "people",
                    who.Name,
                    name,
                    new
                    {
                        Verb = known is null ? "add" : "change",
                        Role = role.ToString(),
                        Limit = role == PersonRole.Approver ? limit : null,
                    },
                    now
                );
                return known is null;
            },
            cancellationToken
        );
        await KnowAsync(cancellationToken);
        return new(true, isNew ? $"{name} was added. Make a link for their first sign-in." : $"{name} has the new role now.");
    }

    /// <summary>Ends the person's sessions and links; what they did stays in the audit log.</summary>
    public async Task<PeopleAnswer> RemoveAsync(Approver who, string name, CancellationToken cancellationToken)
    {
        if (Protected(who, name) is { } kept)
        {
            return kept;
        }

        var removed = await store.WriteAsync(session =>
        {
            var gone = session.People.Remove(name);
            if (gone)
            {
                session.Passkeys.RemoveAll(name);
                session.Audit.Append("people", who.Name, name, new { Verb = "remove" }, time.GetUtcNow());
            }

            return gone;
        }, cancellationToken);
        await KnowAsync(cancellationToken);
        return removed
            ? new(true, $"{name} was removed and is signed out everywhere.")
            : new(false, "Nothing was changed: only people who were added here can be removed here.");
    }

    /// <summary>
    /// Whether this person may be given a link that signs in somebody else: somebody who was added in the console and may do no more than they.
    /// For those of the settings, whom the owner's token vouches for, only its holder may. A link that may be made is on record from then on.
    /// </summary>
    public async Task<PeopleAnswer> LinkAsync(Approver who, string name, CancellationToken cancellationToken)
    {
        if (approvers.ByName(name)?.Approver is not { } other)
        {
            return new(false, $"Nothing was made: there is nobody named {name}.");
        }

        var isTheOwner = who == approvers.Owner.Approver;
        if (!isTheOwner && approvers.IsOfSettings(name))
        {
            return new(false, $"Nothing was made: {name} comes from the settings, and only the owner's token makes links for those.");
        }

        if (!isTheOwner && !who.HasAllOf(other))
        {
            return new(false, $"Nothing was made: {name} may do more than you.");
        }

        await store.WriteAsync(
            session => session.Audit.Append("people", who.Name, name, new { Verb = "link" }, time.GetUtcNow()),
            cancellationToken
        );
        return new(true, "");
    }

    /// <summary>Nobody changes a person who may do more than they.</summary>
    private PeopleAnswer? Protected(Approver who, string name) =>
        approvers.ByName(name)?.Approver is { } other && !approvers.IsOfSettings(name) && !who.HasAllOf(other)
            ? new(false, $"Nothing was changed: {name} may do more than you.")
            : null;

    private async Task KnowAsync(CancellationToken cancellationToken) =>
        approvers.Know(await store.ReadAsync(session => session.People.All(), cancellationToken));
}
