using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Host.Web;

/// <param name="Messages">What a customer writes, in order: one conversation.</param>
/// <param name="Playbook">A playbook that is not saved yet, in place of the one of that name.</param>
sealed record PostedTrial(IReadOnlyList<string>? Messages, PostedPlaybook? Playbook);

/// <param name="Name">The file's name, with or without <c>.md</c>.</param>
sealed record PostedPlaybook(string? Name, string? Text);

/// <summary><c>POST /api/try</c>: what would be decided on messages, and why. Nothing is sent or stored.</summary>
static class TryEndpoint
{
    private const int MostMessages = 20, MostCharacters = 4000;

    public static async Task<IResult> TryAsync(PostedTrial posted, PlaybookCatalog<PlaybookSnapshot> catalog, IShop shop, TimeProvider time, CancellationToken cancellationToken)
    {
        if (posted.Messages is not { Count: > 0 and <= MostMessages } messages || messages.Any(text => text is null || text.Trim().Length is 0 or > MostCharacters))
        {
            return Problems.Error(StatusCodes.Status400BadRequest, $"messages must hold 1 to {MostMessages} texts of 1 to {MostCharacters:N0} characters each.");
        }

        var known = catalog.Current;
        if (posted.Playbook is { } draft)
        {
            var name = Path.ChangeExtension(Path.GetFileName(draft.Name ?? ""), ".md");
            if (name.Length < 4 || draft.Text is null)
            {
                return Problems.Error(StatusCodes.Status400BadRequest, "playbook must have a name (the file's, for example opening-hours) and its text.");
            }

            var trial = catalog.With(new PlaybookFile(name, System.Text.Encoding.UTF8.GetBytes(draft.Text)));
            if (trial.Set.Findings.Where(finding => finding.IsError && Path.GetFileName(finding.File) == name).ToList() is { Count: > 0 } errors)
            {
                return Results.Json(new { error = $"{name} cannot be used as it is.", findings = errors }, statusCode: StatusCodes.Status400BadRequest);
            }

            known = trial.Built;
        }

        var conversation = new Trial(known, new ShopOnlyLookups(shop, time), time);
        var turns = new List<TriedTurn>();
        foreach (var text in messages)
        {
            turns.Add(TriedTurn.Of(await conversation.SaysAsync(text.Trim(), cancellationToken)));
        }

        return Results.Json(new { turns });
    }
}
