using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <summary>What the page of people posts; only an owner may.</summary>
static class PeopleForms
{
    private const string Page = "/owner/people";

    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var people = routes
            .MapGroup(Page)
            .RequireAuthorization(OwnerAccess.Policy)
            .Needs(Right.ManagePeople)
            .AddEndpointFilter(OwnerForms.RefuseEmptyAsync)
            .AddEndpointFilter(OwnerForms.TellTroubleAsync);
        people.MapPost("/save", SaveAsync);
        people.MapPost("/remove", RemoveAsync);
        people.MapPost("/link", LinkAsync);
    }

    private static async Task<IResult> SaveAsync([FromForm] PersonForm form, PeopleDesk desk, FlashNote note, HttpContext context)
    {
        if (!Enum.TryParse<PersonRole>(form.Role, out var role) || !Enum.IsDefined(role))
        {
            return OwnerForms.Back(context, note, NotDone("Nothing was changed: the role is Owner, Approver, Staff or ReadOnly."), Page);
        }

        decimal? limit = decimal.TryParse(form.Limit, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : null;
        if (limit is null && !string.IsNullOrWhiteSpace(form.Limit))
        {
            return OwnerForms.Back(context, note, NotDone("Nothing was changed: the limit is a number, or empty for none."), Page);
        }

        var said = await desk.SaveAsync(context.ApproverOf(), form.Name?.Trim() ?? "", role, limit, context.RequestAborted);
        return OwnerForms.Back(context, note, new(said.Sentence, said.IsDone), Page);
    }

    private static async Task<IResult> RemoveAsync([FromForm] PersonForm form, PeopleDesk desk, FlashNote note, HttpContext context)
    {
        var said = await desk.RemoveAsync(context.ApproverOf(), form.Name?.Trim() ?? "", context.RequestAborted);
        return OwnerForms.Back(context, note, new(said.Sentence, said.IsDone), Page);
    }

    /// <summary>The link is shown once, on the page that follows.</summary>
    private static async Task<IResult> LinkAsync([FromForm] PersonForm form, SignInCodes codes, PeopleDesk desk, FlashNote note, HttpContext context)
    {
        var name = form.Name?.Trim() ?? "";
        if (await desk.LinkAsync(context.ApproverOf(), name, context.RequestAborted) is { IsDone: false, Sentence: var why })
        {
            return OwnerForms.Back(context, note, NotDone(why), Page);
        }

        var path = SignInCodes.PathOf(await codes.NewAsync(SignInCodes.ValidFor, context.RequestAborted, name));
        var link = $"{context.Request.Scheme}://{context.Request.Host}{path}";
        return OwnerForms.Back(context, note, new FormEnd($"For {name}, once, within an hour: {link}", true, Copy: link), Page);
    }
}

sealed record PersonForm : PostedForm
{
    public string? Name { get; init; }
    public string? Role { get; init; }
    public string? Limit { get; init; }
}
