using OpsChat.Agent;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Host.Web;

/// <param name="Messages">What a customer writes, in order: one conversation.</param>
/// <param name="Playbook">A playbook that is not saved yet, in place of the one of that name.</param>
/// <param name="Customer">Of the shop's data, by e-mail address, order number or name, as if the channel vouched for them; null for a
/// stranger.</param>
/// <param name="At">As if it were then, in the shop's time: <c>2026-11-18 14:00</c>; null for now.</param>
sealed record PostedTrial(IReadOnlyList<string>? Messages, PostedPlaybook? Playbook, string? Customer = null, string? At = null);

/// <param name="Name">The file's name, with or without <c>.md</c>.</param>
sealed record PostedPlaybook(string? Name, string? Text);

/// <summary><c>POST /api/try</c>: what would be decided on messages, and why. Nothing is sent or stored.</summary>
static class TryEndpoint
{
    private const int MostMessages = 20, MostCharacters = 4000;

    public static async Task<IResult> TryAsync(
        PostedTrial posted,
        PlaybookCatalog<PlaybookSnapshot> catalog,
        IShop shop,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (
            posted.Messages is not { Count: > 0 and <= MostMessages } messages
            || messages.Any(text => text is null || text.Trim().Length is 0 or > MostCharacters)
        )
        {
            return Problems.Error(
                StatusCodes.Status400BadRequest,
                $"messages must hold 1 to {MostMessages} texts of 1 to {MostCharacters:N0} characters each."
            );
        }

        var known = catalog.Current;
        if (posted.Playbook is { } draft)
        {
            var name = Path.ChangeExtension(Path.GetFileName(draft.Name ?? ""), ".md");
            if (name.Length < 4 || draft.Text is null)
            {
                return Problems.Error(
                    StatusCodes.Status400BadRequest,
                    "playbook must have a name (the file's, for example opening-hours) and its text."
                );
            }

            var trial = catalog.With(new PlaybookFile(name, System.Text.Encoding.UTF8.GetBytes(draft.Text)));
            if (trial.Set.Findings.Where(finding => finding.IsError && Path.GetFileName(finding.File) == name).ToList() is { Count: > 0 } errors)
            {
                return Results.Json(
                    new { error = $"{name} cannot be used as it is.", findings = errors },
                    statusCode: StatusCodes.Status400BadRequest
                );
            }

            known = trial.Built;
        }

        var (setting, trouble) = await TrialSetting.ReadAsync(shop, known, posted.Customer, posted.At, time, cancellationToken);
        if (setting is null)
        {
            return Problems.Error(StatusCodes.Status400BadRequest, trouble!);
        }

        var conversation = setting.Begin(known, shop);
        var turns = new List<TriedTurn>();
        foreach (var text in messages)
        {
            turns.Add(TriedTurn.Of(await conversation.SaysAsync(text.Trim(), cancellationToken)));
        }

        return Results.Json(new { turns });
    }
}
