using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;

namespace OpsChat.Host.Web;

/// <summary>The forms of the owner's files: what they write into the text beside them while they are filled in, and saving them without a
/// script.</summary>
static class FieldRoutes
{
    public const string Path = FileForms.Home + "/fields";
    private const string Field = "F:", Was = "W:", New = "New:", Adding = "add:", Removing = "remove:";

    public static void MapFields(this IEndpointRouteBuilder routes)
    {
        var fields = routes.MapGroup(Path).RequireAuthorization(OwnerAccess.Policy).Needs(Right.Serve);
        fields.MapPost("/look", Look);
        fields.MapPost("", SaveAsync).Needs(Right.EditFiles);
    }

    /// <summary>The form of the text with what was filled in, with what is wrong beside each field. Nothing is saved by it.</summary>
    private static Results<RazorComponentResult<Pages.Owner.Files.FileFields>, BadRequest> Look(
        [FromForm] IFormCollection form,
        OwnedFiles files,
        HttpContext context
    )
    {
        if (files.Find(form["File"]) is not { } file || !OwnedForms.Has(file.Kind))
        {
            return TypedResults.BadRequest();
        }

        var text = Filled(file, form);
        return new RazorComponentResult<Pages.Owner.Files.FileFields>(
            new
            {
                File = file,
                Text = text,
                Findings = (IReadOnlyList<Finding>)files.Check(file, text),
                ReadOnly = !context.MayEditFiles(),
            }
        );
    }

    private static Task<IResult> SaveAsync(
        [FromForm] IFormCollection form,
        OwnedFiles files,
        FileDesk desk,
        FlashNote note,
        HttpContext context
    )
    {
        var posted = new FileForm { File = form["File"], Begun = form["Begun"] };
        return files.Find(posted.File) is { } file && OwnedForms.Has(file.Kind)
            ? FileForms.SaveAsync(posted with { Text = Filled(file, form) }, files, desk, note, context)
            : FileForms.SaveAsync(posted with { File = null }, files, desk, note, context);
    }

    /// <summary>The posted text with every field that was changed, and the row that was asked for.</summary>
    private static string Filled(OwnedFile file, IFormCollection form)
    {
        var edits = form.Where(field => field.Key.StartsWith(Field, StringComparison.Ordinal))
            .Select(field => (Path: field.Key[Field.Length..], Now: OwnerForms.Lines(field.Value)))
            .Select(field => (field.Path, field.Now, Before: OwnerForms.Lines(form[Was + field.Path])))
            .Where(field => field.Now != field.Before)
            .Select(field => new FieldEdit(field.Path, field.Now));
        var text = OwnedForms.Apply(file.Kind, form["Text"].ToString().ReplaceLineEndings("\n"), edits);
        return form["Verb"].ToString() switch
        {
            var add when add.StartsWith(Adding, StringComparison.Ordinal) => OwnedForms.Add(
                file.Kind,
                text,
                add[Adding.Length..],
                form[New + add[Adding.Length..]].ToString()
            ),
            var remove when remove.StartsWith(Removing, StringComparison.Ordinal) => OwnedForms.Remove(text, remove[Removing.Length..]),
            _ => text,
        };
    }
}
