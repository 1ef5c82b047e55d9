using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <summary>What the pages of the owner's files post: saves with their choices, and what is asked of a text while it is written.</summary>
static class FileForms
{
    public const string Home = "/owner/playbooks";
    private const int MostMessages = 20, MostCharacters = 4000, WorstShown = 3;

    public static void MapFileForms(this IEndpointRouteBuilder routes)
    {
        var owner = routes.MapGroup(Home).RequireAuthorization(OwnerAccess.Policy).Needs(Right.Serve);
        owner.MapPost("/new", New);
        owner.MapPost("/save", SaveAsync).Needs(Right.EditFiles);
        owner.MapPost("/restore", RestoreAsync).Needs(Right.EditFiles);
        owner.MapPost("/pin", PinAsync);
        owner.MapPost("/check", CheckAsync);
        owner.MapPost("/test", TestAsync);
        owner.MapPost("/effect", EffectAsync);
        owner.MapPost("/try", TryAsync);
        owner.MapGet("/words", Words).Needs(Right.Look);
    }

    /// <summary>Where a file is edited.</summary>
    public static string Edit(string file, string? more = null) => $"{Home}/edit?file={Uri.EscapeDataString(file)}{(more is null ? "" : $"&{more}")}";

    /// <summary>Where its versions are.</summary>
    public static string History(string file, string? version = null) =>
        $"{Home}/history?file={Uri.EscapeDataString(file)}{(version is null ? "" : $"&version={version}")}";

    private static IResult New([FromForm] FileForm? posted, OwnedFiles files, FlashNote note, HttpContext context)
    {
        var name = (posted?.File ?? "").Trim().ToLowerInvariant().Replace(' ', '-');
        var file = files.Find(Path.ChangeExtension(name.Length == 0 ? "-" : name, ".md"));
        return file is { Kind: OwnedKind.Playbook }
            ? Results.LocalRedirect(Edit(file.Name))
            : Back(context, note, NotDone("Nothing was begun: a playbook's name is small letters and hyphens, such as gift-wrapping."), Home);
    }

    internal static async Task<IResult> SaveAsync([FromForm] FileForm? posted, OwnedFiles files, FileDesk desk, FlashNote note, HttpContext context)
    {
        var form = posted ?? new();
        if (files.Find(form.File) is not { } file)
        {
            return Back(context, note, NotDone("Nothing was saved: there is no such file."), Home);
        }

        var who = context.ApproverOf().Name;
        if (!context.MayEditFiles())
        {
            return Back(context, note, s_ownersOnly, Edit(file.Name));
        }

        if (form.Verb == "drop")
        {
            await desk.DropDraftAsync(file, who, context.RequestAborted);
            return Back(context, note, "Your unsaved text is given up; the file is as it is on the disk.", Edit(file.Name));
        }

        // A save that was asked for ends, also when its reader does not wait for it: what was typed is in the file, or kept as a draft.
        return await desk.SaveAsync(file, form.Begun ?? "", form.Text ?? "", who, form.Confirm is "yes", CancellationToken.None) switch
        {
            FileAnswer.Saved => Back(
                context,
                note,
                $"{file.Name} is saved{(file.Kind == OwnedKind.Canary ? ". It is in force within seconds." : " and in force.")}",
                Edit(file.Name)
            ),
            FileAnswer.Unchanged => Back(context, note, NotDone("Nothing was changed, so nothing was saved."), Edit(file.Name)),
            FileAnswer.Broken broken => Back(
                context,
                note,
                NotDone($"Nothing was saved yet: line {broken.Errors[0].Line}: {broken.Errors[0].Problem} {broken.Errors[0].Remedy}"),
                Edit(file.Name)
            ),
            FileAnswer.Conflict => Back(
                context,
                note,
                NotDone("Nothing was saved yet: the file was edited elsewhere meanwhile. Choose below."),
                Edit(file.Name)
            ),
            FileAnswer.Confirm confirm => Back(
                context,
                note,
                NotDone($"Nothing was saved yet: {Count(confirm.Pins.Count, "pinned answer")} would change. Look at them below."),
                Edit(file.Name, "pins=1")
            ),
            FileAnswer.Refused refused => Back(context, note, NotDone($"Nothing was saved. {refused.Why}"), Edit(file.Name)),
            _ => throw new InvalidOperationException("An answer about a file is closed."),
        };
    }

    private static readonly FormEnd s_ownersOnly = NotDone("Nothing was saved: only the owner changes these files.");

    /// <summary>An old version is saved as a new one, with the same care.</summary>
    private static async Task<IResult> RestoreAsync(
        [FromForm] FileForm? posted,
        OwnedFiles files,
        FileDesk desk,
        IStore store,
        FlashNote note,
        HttpContext context
    )
    {
        var version = await store.ReadAsync(session => session.Files.Find(posted?.Version ?? ""), context.RequestAborted);
        if (version is null || files.Find(version.File) is not { } file)
        {
            return Back(context, note, NotDone("Nothing was restored: there is no such version."), Home);
        }

        if (!context.MayEditFiles())
        {
            return Back(context, note, s_ownersOnly, History(file.Name));
        }

        return await desk.SaveAsync(
            file,
            posted?.Begun ?? "",
            version.Content,
            context.ApproverOf().Name,
            confirmed: false,
            context.RequestAborted
        ) switch
        {
            FileAnswer.Saved => Back(context, note, $"{file.Name} says again what it said in version {version.Number}.", History(file.Name)),
            FileAnswer.Unchanged => Back(context, note, "The file says this already.", History(file.Name)),
            _ => Back(context, note, NotDone("Nothing was restored yet: the version waits for you in the editor."), Edit(file.Name)),
        };
    }

    private static async Task<IResult> PinAsync([FromForm] FileForm? posted, PinDesk pins, FlashNote note, HttpContext context)
    {
        if (!ConversationId.TryParse(posted?.Id, out var id))
        {
            return Back(context, note, NotDone("Nothing was pinned: there is no such conversation."), Home);
        }

        var who = context.ApproverOf().Name;
        var said =
            posted!.Verb == "unpin"
                ? await pins.UnpinAsync(id, who, context.RequestAborted)
                    ? "No longer pinned."
                    : "It was not pinned."
                : await pins.PinAsync(id, who, context.RequestAborted) is > 0 and var turns
                    ? $"Pinned: {Count(turns, "turn")} of it stay answered so, or you are asked first."
                    : NotDone("Nothing was pinned: nothing of it can be decided again.");
        return Back(context, note, said, posted.Return is { } back && back.StartsWith("/owner/", StringComparison.Ordinal) ? back : Home);
    }

    private static async Task<IResult> CheckAsync(
        [FromForm] FileForm? posted,
        OwnedFiles files,
        DraftDesk drafts,
        CancellationToken cancellationToken
    )
    {
        if (files.Find(posted?.File) is not { } file)
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "There is no such file.");
        }

        var text = Text(posted!);
        return Results.Json(new
        {
            findings = files.Check(file, text).Concat(drafts.TakenExamples(file, text))
                .Select(f => new { f.Line, f.Column, f.Problem, f.Remedy, f.IsError }),
            previews = await drafts.PreviewsAsync(file, text, posted!.Order, cancellationToken),
        });
    }

    private static async Task<IResult> TestAsync(
        [FromForm] FileForm? posted,
        OwnedFiles files,
        DraftDesk drafts,
        CancellationToken cancellationToken
    ) =>
        Usable(posted, files) is not { } file
            ? Trouble(HasErrors)
            : Results.Json(
                new
                {
                    tests = (await drafts.TestsAsync(file, Text(posted!), cancellationToken)).Select(result => new
                    {
                        result.Test.Line,
                        says = result.Test.CustomerSays,
                        result.Test.Expect,
                        result.Passed,
                        result.NeedsTheShop,
                        trouble = result is { Passed: false, NeedsTheShop: false } ? $"{result.Problem} {result.Remedy}" : null,
                        result.Ended,
                        result.Aside,
                        reply = result.Decided?.Reply,
                    }),
                }
            );

    private static async Task<IResult> EffectAsync(
        [FromForm] FileForm? posted,
        OwnedFiles files,
        DraftDesk drafts,
        CancellationToken cancellationToken
    )
    {
        if (Usable(posted, files) is not { } file)
        {
            return Trouble(HasErrors);
        }

        var report = await drafts.EffectAsync(file, Text(posted!), cancellationToken);
        return Results.Json(new
        {
            report.Turns, report.Undecidable, changed = report.Changed.Count, report.Summary,
            worst = EditWatch.Worst(report).Take(WorstShown).Select(turn => new
            {
                turn.Known, turn.Because, turn.IsLater, before = Ending(turn.Before), after = Ending(turn.After),
                path = ConversationId.TryParse(turn.Conversation, out var id) ? ConsoleWords.PathOf(id) : null,
            }),
        });
    }

    private static object Ending(ReplayedEnding ending) => new { verdict = ConsoleWords.Verdict(ending.Verdict), ending.Playbook, ending.Text };

    private static async Task<IResult> TryAsync(
        [FromForm] FileForm? posted,
        OwnedFiles files,
        DraftDesk drafts,
        IShop shop,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (Usable(posted, files) is not { } file)
        {
            return Trouble(HasErrors);
        }

        if (Messages(posted!.Said) is not { } messages)
        {
            return Trouble($"Write 1 to {MostMessages} messages of 1 to {MostCharacters:N0} characters each.");
        }

        var known = drafts.With(file, Text(posted));
        var (setting, trouble) = await TrialSetting.ReadAsync(shop, known, posted.Customer, posted.At, time, cancellationToken);
        if (setting is null)
        {
            return Trouble(trouble!);
        }

        var conversation = setting.Begin(known, shop);
        var turns = new List<object>();
        foreach (var message in messages)
        {
            turns.Add(Shown(TriedTurn.Of(await conversation.SaysAsync(message, cancellationToken))));
        }

        return Results.Json(new { turns });
    }

    private static object Shown(TriedTurn tried) =>
        new
        {
            tried.Text,
            verdict = ConsoleWords.Verdict(tried.Verdict),
            tried.Playbook,
            sure = Sureness.InWords(tried.Confidence),
            tried.Draft,
            reasons = tried.Reasons.Select(GateReasonText.Sentence),
            facts = tried
                .Facts.Where(fact => fact.Value is not null)
                .Select(fact => new
                {
                    fact.Name,
                    fact.Value,
                    fact.Source,
                }),
            nearest = tried.Nearest.Take(WorstShown),
            others = tried.Others.Select(Shown),
        };

    private static List<string>? Messages(string? json)
    {
        try
        {
            var said = JsonSerializer.Deserialize<List<string?>>(json ?? "[]") ?? [];
            List<string> messages = [.. said.OfType<string>().Select(text => text.Trim())];
            return messages.Count is > 0 and <= MostMessages && messages.TrueForAll(text => text.Length is > 0 and <= MostCharacters)
                ? messages
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What may stand in a place or a condition.</summary>
    private static IResult Words(CurrentPlaybooks known) =>
        Results.Json(
            known()
                .Shop.Vocabulary.Names.Select(name => new
                {
                    name,
                    kind = known().Shop.Vocabulary.KindOf(name)?.ToString().ToLowerInvariant() ?? "text",
                    meaning = FactNames.All.TryGetValue(name, out var fact) ? fact.Meaning : "from _shop.md",
                })
                .Concat(
                    s_functions.Select(function => new
                    {
                        name = function.Name,
                        kind = "function",
                        meaning = function.Meaning,
                    })
                )
        );

    private static readonly (string Name, string Meaning)[] s_functions =
    [
        ("date", "a day in the customer's language: {{date order.placed_on}}"),
        ("money", "an amount with its currency: {{money order.total}}"),
        ("list", "several words as a list: {{list product.sizes}}"),
        ("and", "both hold"), ("or", "one of them holds"), ("not", "it does not hold"),
    ];

    /// <summary>The file of a text that can be decided with: a playbook or the shop's profile without errors.</summary>
    private static OwnedFile? Usable(FileForm? posted, OwnedFiles files) =>
        files.Find(posted?.File) is { IsPlaybookOrShop: true } file && !files.Check(file, Text(posted!)).Any(finding => finding.IsError)
            ? file
            : null;

    private const string HasErrors = "The text has errors; mend them first.";

    /// <summary>A text that is being written often has errors: an answer like any other, which the page shows in its place.</summary>
    private static IResult Trouble(string sentence) => Results.Json(new { trouble = sentence });

    private static string Text(FileForm form) => (form.Text ?? "").ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static IResult Back(HttpContext context, FlashNote note, FormEnd end, string to)
    {
        note.Leave(context, end);
        return Results.LocalRedirect(to);
    }
}

/// <summary>A form of the files' pages; what a browser did not post is null.</summary>
sealed record FileForm
{
    public string? File { get; init; }

    /// <summary>The version that the edit began with.</summary>
    public string? Begun { get; init; }
    public string? Text { get; init; }

    /// <summary><c>yes</c> when pinned answers may change.</summary>
    public string? Confirm { get; init; }
    public string? Verb { get; init; }

    /// <summary>The id of a kept version.</summary>
    public string? Version { get; init; }

    /// <summary>With whose facts texts are shown.</summary>
    public string? Order { get; init; }

    /// <summary>A customer's messages, in order, as a JSON list.</summary>
    public string? Said { get; init; }

    /// <summary>Who tries it: a customer of the shop's data, or empty.</summary>
    public string? Customer { get; init; }

    /// <summary>When it is tried, in the shop's time; empty for now.</summary>
    public string? At { get; init; }

    /// <summary>A conversation.</summary>
    public string? Id { get; init; }
    public string? Return { get; init; }
}
