using Microsoft.AspNetCore.Mvc;
using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Storage;
using static OpsChat.Host.Web.FormEnd;

namespace OpsChat.Host.Web;

/// <summary>What the setup page posts: the shop's export files.</summary>
static class SetupForms
{
    private const string Page = "/owner/setup";
    private const long MostBytes = 50 * 1024 * 1024;
    private static readonly string[] s_kinds = [".csv", ".tsv", ".txt", ".xlsx"];

    public static void MapSetupForms(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Page + "/files", PutInAsync).RequireAuthorization(OwnerAccess.Policy).Needs(Right.EditFiles)
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = MostBytes });

    /// <summary>Where the owner's exports are, or will be while the demo shop is in force.</summary>
    public static string FolderOf(OpsChatOptions options) =>
        Path.GetFullPath(options.Shop.Length > 0 ? options.Shop : Path.Combine(options.Data, "shop"));

    /// <summary>Whole or not at all, each under its own name: a newer export of the same name takes the old one's place.</summary>
    private static async Task<IResult> PutInAsync(
        IFormFileCollection files,
        OpsChatOptions options,
        IStore store,
        TimeProvider time,
        FlashNote note,
        HttpContext context
    )
    {
        var named = files.Select(file => (File: file, Name: Path.GetFileName(file.FileName.Replace('\\', '/')))).ToList();
        FormEnd? end = !context.MayEditFiles() ? NotDone("Nothing was put in: only the owner changes the shop's data.")
            : Opening.ShopAddress(options) is not null ? NotDone("Nothing was put in: orders and products are asked of the shop's own system.")
            : named.Count == 0 ? NotDone("Nothing was put in: choose at least one file.")
            : named.Find(file => !IsUsable(file.Name)) is { File: not null } wrong
                ? NotDone($"Nothing was put in: {wrong.Name} is no export. Files end in .csv, .tsv, .txt or .xlsx.")
            : (FormEnd?)null;
        if (end is null)
        {
            var folder = FolderOf(options);
            Directory.CreateDirectory(folder);
            foreach (var (file, name) in named)
            {
                var path = Path.Combine(folder, name);
                await using (var beside = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
                {
                    await file.CopyToAsync(beside, context.RequestAborted);
                }

                File.Move(path + ".new", path, overwrite: true);
            }

            var names = string.Join(", ", named.Select(file => file.Name));
            await store.WriteAsync(
                session =>
                    session.Audit.Append(
                        "setup",
                        context.ApproverOf().Name,
                        "shop-files",
                        new { Files = named.Select(file => file.Name) },
                        time.GetUtcNow()
                    ),
                context.RequestAborted
            );
            end = $"Put in: {names}. Look below at what each was taken for.";
        }

        note.Leave(context, end.Value);
        return Results.LocalRedirect(Page);
    }

    private static bool IsUsable(string name) =>
        name.Length is > 0 and <= 120 && name[0] != '.' && s_kinds.Contains(Path.GetExtension(name).ToLowerInvariant());
}
