using OpsChat.Playbooks;
using OpsChat.Playbooks.Parsing;
using OpsChat.ShopData;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>The files of a folder, and a safe way to write them. Where disks are met; everything else about playbooks is pure.</summary>
public static class PlaybookFolder
{
    private const string Temporary = ".writing";

    /// <summary>
    /// The Markdown files directly in the folder, by name; null when the folder is not there. Hidden files, <c>README.md</c> and
    /// files that begin with an underscore (other than <c>_shop.md</c>) are the owner's notes and left out.
    /// </summary>
    public static IReadOnlyList<PlaybookFile>? Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        return [.. Directory.EnumerateFiles(folder, "*.md")
            .Where(path => IsPlaybook(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .Select(ReadFile)
            .OfType<PlaybookFile>()];
    }

    /// <summary>Reads and checks a folder as it stands, without last good versions; for <c>check</c> and <c>eval</c>.</summary>
    public static PlaybookSet Load(string folder) =>
        Read(folder) is { } files
            ? PlaybookSet.Build(files, new Dictionary<string, PlaybookFile>())
            : new(new Dictionary<string, Playbook>(), ShopProfile.Default, [Absent(folder)], []);

    /// <summary>Writes a file so that nobody ever sees half of it: beside it, flushed to disk, then renamed over it.</summary>
    public static void Write(string folder, PlaybookFile file)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, file.Name);
        using (var stream = new FileStream(path + Temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(file.Content.Span);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + Temporary, path, overwrite: true);
    }

    /// <summary>The finding for a folder that is not there.</summary>
    public static Finding Absent(string folder) =>
        new(folder, 1, 1, "The playbooks folder is not there.", "Create it, or name the right one with OpsChat__Playbooks or --playbooks.")
        {
            IsAboutFolder = true,
        };

    private static bool IsPlaybook(string name) =>
        name == ShopProfile.ShopFile
        || (
            name[0] is not ('.' or '_')
            && !name.Equals("README.md", StringComparison.OrdinalIgnoreCase)
            && name.EndsWith(".md", StringComparison.Ordinal)
        );

    private static PlaybookFile? ReadFile(string path)
    {
        try
        {
            // One byte more than may be is enough to see that it is too much.
            return new(Path.GetFileName(path), OwnersFile.Bytes(path, SourceText.LargestFileInBytes + 1));
        }
        catch (FileNotFoundException)
        {
            // Deleted between listing and reading; the next look will not list it.
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be read is an expected ending for an owner's folder: it is reported like a broken one.
            return new(Path.GetFileName(path), default, refused.Message);
        }
    }
}
