using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Drafting;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web.Inbox;

/// <summary>
/// What the inbox's page asks for and posts beside its own address. The pages come whole from the server and work without a script; small modules
/// then fetch the same markup and put it in place. So there is one way to draw a thing, the content policy stays strict, no connection holds
/// state of a page, and a proxy has nothing to know.
/// </summary>
static class InboxEndpoints
{
    /// <summary>As many as a conversation's page shows.</summary>
    private const int MostLines = 200;

    private static readonly TimeSpan s_longestSnooze = TimeSpan.FromDays(366);

    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/owner").RequireAuthorization(OwnerAccess.Policy);
        pages.MapGet("/inbox/rows", RowsAsync);
        pages.MapGet("/inbox/count", CountAsync);
        pages.MapGet("/events", ChangeStream.TellAsync);
        var owner = pages.MapGroup("").Needs(Right.Serve).AddEndpointFilter(OwnerForms.RefuseEmptyAsync)
            .AddEndpointFilter(OwnerForms.TellTroubleAsync);
        owner.MapPost("/inbox/handle", HandleAsync);
        owner.MapPost("/inbox/views", ViewAsync);
        owner.MapPost("/conversations/note", NoteAsync);
        owner.MapPost("/conversations/take-over", TakeOverAsync);
        owner.MapPost("/conversations/translate", TranslateAsync);
        owner.MapPost("/edits/look", LookAsync);
        owner.MapPost("/presence", PresentAsync).Needs(Right.Look);
    }

    private static async Task<RazorComponentResult<Pages.Owner.Parts.InboxLines>> RowsAsync(
        string? view,
        string? channel,
        string? playbook,
        string? owner,
        string? tag,
        string? q,
        string? after,
        IStore store,
        OrderSearch orders,
        TimeProvider time,
        HttpContext context
    )
    {
        var filter = InboxFilter.From(view, channel, playbook, owner, tag, q);
        var me = context.ApproverOf().Name;
        var found = await orders.FindAsync(filter.Words, context.RequestAborted);
        var part = await store.ReadAsync(
            session => InboxReader.Read(session, filter, after, me, time.GetUtcNow(), found?.OfCustomer),
            context.RequestAborted
        );
        return new(new { Part = part, Filter = filter });
    }

    /// <summary>The menu's numbers alone, for pages that show nothing else of the inbox.</summary>
    private static async Task<IResult> CountAsync(IStore store, TimeProvider time, CancellationToken cancellationToken) =>
        Results.Json(new { inbox = await store.ReadAsync(session => session.InboxRows.Waiting(time.GetUtcNow()), cancellationToken) });

    private static async Task<IResult> HandleAsync(
        [FromForm] HandlingForm form,
        HandlingDesk desk,
        Approvers people,
        TimeProvider time,
        Undoing undoing,
        FlashNote note,
        HttpContext context
    )
    {
        var which = (form.Which ?? [])
            .Select(id => ConversationId.TryParse(id, out var one) ? one : (ConversationId?)null)
            .OfType<ConversationId>()
            .ToList();
        var (who, now, cancellationToken) = (context.ApproverOf(), time.GetUtcNow(), context.RequestAborted);
        if (which.Count == 0)
        {
            return OwnerForms.Back(context, note, NotDone("Nothing was done: no conversation was chosen."), form.Return);
        }

        (IReadOnlyList<HandlingChange> Changes, string Word) done = form.Verb?.Split(':', 2) switch
        {
            ["assign", var to] when people.Everybody.Append(who).Any(known => known.Name == to) => (
                await desk.AssignAsync(who, which, to, cancellationToken),
                $"assigned to {to}"
            ),
            ["assign", ""] => (await desk.AssignAsync(who, which, null, cancellationToken), "nobody's now"),
            ["snooze", "tomorrow"] => (
                await desk.SnoozeAsync(who, which, desk.TomorrowMorning(), cancellationToken),
                "snoozed until tomorrow at 09:00"
            ),
            ["snooze", "until"] when UntilOf(form, desk) is { } until && until > now && until < now + s_longestSnooze => (
                await desk.SnoozeAsync(who, which, until, cancellationToken),
                string.Create(CultureInfo.InvariantCulture, $"snoozed until {until:d MMM yyyy, HH:mm}")
            ),
            ["snooze", var hours]
                when int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 24 * 30 => (
                await desk.SnoozeAsync(who, which, now.AddHours(count), cancellationToken),
                $"snoozed for {count} h"
            ),
            ["wake"] => (await desk.SnoozeAsync(who, which, null, cancellationToken), "back in the inbox"),
            ["priority", var word] when Enum.TryParse<Priority>(word, ignoreCase: true, out var priority) && Enum.IsDefined(priority) =>
                (await desk.PrioritiseAsync(who, which, priority, cancellationToken), $"of {word.ToLowerInvariant()} priority now"),
            ["tag"] => (await desk.TagAsync(who, which, form.Tag ?? "", isOn: true, cancellationToken), "tagged"),
            ["untag", var tag] => (await desk.TagAsync(who, which, tag, isOn: false, cancellationToken), "without that tag now"),
            _ => ([], ""),
        };
        if (done.Changes.Count == 0)
        {
            var why = form.Verb == "snooze:until" ? "choose a time within a year from now" : "the form did not say what to do";
            return OwnerForms.Back(context, note, NotDone($"Nothing was done: {why}."), form.Return);
        }

        var undo = await undoing.KeepAsync(who, new UndoStep.Handled(done.Changes), cancellationToken);
        return OwnerForms.Back(context, note, new FormEnd($"{Undoing.Conversations(done.Changes.Count)} {done.Word}.", true, undo), form.Return);
    }

    /// <summary>What a field for a date and a time holds, in the shop's time; null for anything else.</summary>
    private static DateTimeOffset? UntilOf(HandlingForm form, HandlingDesk desk) =>
        DateTime.TryParseExact(form.Until, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            ? desk.InTheShop(clock)
            : null;

    private static async Task<IResult> ViewAsync([FromForm] ViewForm form, IStore store, FlashNote note, HttpContext context)
    {
        var (who, name) = (context.ApproverOf().Name, form.Name?.Trim() ?? "");
        if (name.Length is 0 or > 40)
        {
            return OwnerForms.Back(context, note, NotDone("Nothing was saved: a view's name has 1 to 40 characters."), form.Return);
        }

        // Only what the inbox's address knows is kept.
        var query = new QueryCollection(QueryHelpers.ParseQuery(form.Query ?? ""));
        var filter = InboxFilter.From(query["view"], query["channel"], query["playbook"], query["owner"], query["tag"], query["q"]);
        await store.WriteAsync(session =>
        {
            if (form.Verb == "remove")
            {
                session.Handling.RemoveView(who, name);
            }
            else
            {
                session.Handling.SaveView(who, new(name, filter.Query));
            }
        }, context.RequestAborted);
        return OwnerForms.Back(context, note, form.Verb == "remove" ? $"The view {name} is gone." : $"The view {name} is saved.", form.Return);
    }

    private static async Task<IResult> NoteAsync([FromForm] AnswerForm form, HandlingDesk desk, FlashNote note, HttpContext context)
    {
        var kept = ConversationId.TryParse(form.Id, out var about)
            && await desk.NoteAsync(context.ApproverOf(), about, OwnerForms.Lines(form.Text), context.RequestAborted);
        return OwnerForms.Back(
            context,
            note,
            kept ? "The note is kept; the customer does not see it." : NotDone("Nothing was kept: a note has words."),
            form.Return
        );
    }

    private static async Task<IResult> TakeOverAsync([FromForm] ItemForm form, HandlingDesk desk, FlashNote note, HttpContext context)
    {
        var taken =
            ConversationId.TryParse(form.Id, out var which)
            && await desk.TakeOverAsync(context.ApproverOf(), which, context.RequestAborted);
        return OwnerForms.Back(
            context,
            note,
            taken ? "You have this conversation now; the agent is silent there." : NotDone("Nothing was done: nobody has written there yet."),
            form.Return
        );
    }

    /// <summary>A line for its reader, or the reader's own words for the customer; shown beside them by the page that follows.</summary>
    private static async Task<IResult> TranslateAsync(
        [FromForm] ReadingForm form,
        IStore store,
        IServiceProvider services,
        ShownTranslations shown,
        FlashNote note,
        HttpContext context
    )
    {
        var (who, line, cancellationToken) = (context.ApproverOf(), form.Line ?? ShownTranslations.OwnWords, context.RequestAborted);
        if (services.GetService<ReaderTranslator>() is not { } translator || !ConversationId.TryParse(form.Id, out var about))
        {
            return OwnerForms.Back(context, note, NotDone("Nothing was translated: no model is set."), form.Return);
        }

        var known = await store.ReadAsync(session => session.Conversations.Find(about), cancellationToken);
        var text = form.Line is null ? OwnerForms.Lines(form.Text)
            : await store.ReadAsync(session => session.Conversations.LastLines(about, MostLines)
                .FirstOrDefault(one => one.Id == line)?.Text, cancellationToken);
        if (known is null || text is not { Length: > 0 and <= PersonDesk.MostCharacters })
        {
            return OwnerForms.Back(context, note, NotDone("Nothing was translated: there are no such words."), form.Return);
        }

        if (form.Line is null && known.Language == "und")
        {
            return OwnerForms.Back(context, note, NotDone("Nothing was translated: nobody can tell the customer's language yet."), form.Return);
        }

        var language = form.Line is null ? known.Language : ShownTranslations.ReaderOf(context);
        var answer = await translator.TranslateAsync(who, about, text, language, cancellationToken);
        if (answer is not ModelAnswer<string>.Given given)
        {
            return OwnerForms.Back(context, note, NotDone($"Nothing was translated. {((ModelAnswer<string>.None)answer).Sentence}"), form.Return);
        }

        await shown.KeepAsync(who.Name, about, line, new(text, given.Value, language), cancellationToken);
        FormEnd? end = form.Line is null ? NotDone("Nothing was sent: the translation stands below your words.") : (FormEnd?)null;
        return OwnerForms.Back(context, note, end, form.Return);
    }

    /// <summary>What an edit would have to be looked at twice for, while it is typed; nothing is decided by it.</summary>
    private static async Task<IResult> LookAsync(
        [FromForm] AnswerForm form,
        IStore store,
        CurrentPlaybooks knowledge,
        CancellationToken cancellationToken
    )
    {
        var (id, text, currency) = (form.Id ?? "", OwnerForms.Lines(form.Text), knowledge().Policy.Currency);
        var doubts = await store.ReadAsync(
            session => session.Approvals.Find(id) is { } approval ? EditCheck.New(text, approval, currency)
                : session.HandOffs.Find(id) is { Suggestion: not null } card ? PersonDesk.Added(session, card, text, currency)
                : null,
            cancellationToken
        );
        return text.Length > PersonDesk.MostCharacters || doubts is null
            ? Problems.Error(StatusCodes.Status404NotFound, "There is no such draft.")
            : Results.Json(new { doubts });
    }

    /// <summary>A page says that its reader is there, and is told who else is.</summary>
    private static async Task<IResult> PresentAsync(
        [FromForm] PresenceForm form,
        Presence presence,
        IEnumerable<IChannel> channels,
        HttpContext context
    )
    {
        var who = context.ApproverOf();
        if (!ConversationId.TryParse(form.Id, out var where))
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "Say which conversation: Id=web:4f1c….");
        }

        var isTyping = form.Typing is "yes" && who.Role != Approvals.PersonRole.ReadOnly;
        await presence.SeeAsync(who.Name, where, isTyping, context.RequestAborted);
        if (isTyping)
        {
            channels.FirstOrDefault(channel => channel.Names.Contains(where.Channel))?.ShowTyping(where, byPerson: true);
        }

        var others = await presence.OthersAsync(who.Name, where, context.RequestAborted);
        return Results.Json(new { others = others.Select(other => new { name = other.Name, typing = other.IsTyping }) });
    }
}

sealed record HandlingForm : PostedForm
{
    /// <summary>Conversations.</summary>
    public string[]? Which { get; init; }

    /// <summary><c>assign:NAME</c> (nobody: <c>assign:</c>), <c>snooze:HOURS</c>, <c>snooze:tomorrow</c>, <c>snooze:until</c>, <c>wake</c>,
    /// <c>priority:WORD</c>, <c>tag</c>, <c>untag:TAG</c>.</summary>
    public string? Verb { get; init; }
    public string? Tag { get; init; }

    /// <summary>For <c>snooze:until</c>: <c>2026-12-24T14:00</c>, in the shop's time.</summary>
    public string? Until { get; init; }
}

sealed record ViewForm : PostedForm
{
    public string? Name { get; init; }
    public string? Query { get; init; }

    /// <summary><c>remove</c>; anything else saves.</summary>
    public string? Verb { get; init; }
}

sealed record ReadingForm : PostedForm
{
    public string? Id { get; init; }

    /// <summary>Of the transcript; null for <see cref="Text"/>.</summary>
    public string? Line { get; init; }
    public string? Text { get; init; }
}

sealed record PresenceForm : PostedForm
{
    public string? Id { get; init; }

    /// <summary><c>yes</c> while the reply box is being written in.</summary>
    public string? Typing { get; init; }
}
