using OpsChat.Storage;
using OpsChat.Storage.Tables;

namespace OpsChat.Agent;

/// <summary>Texts in the folder of a host that nobody may lose, and that do not come into force by themselves. Each is kept as an edit that is not
/// saved yet: whoever opens the file in the console chooses.</summary>
static class FileConflict
{
    /// <summary>Keeps an edit that came at the same time as another one.</summary>
    /// <param name="begun">What the file said before both; null when that is not known.</param>
    public static void Keep(UnitOfWork session, string file, string? begun, string text, string host, DateTimeOffset now)
    {
        if (KeepDraft(session, file, begun, text, host, now))
        {
            session.Notices.Add(
                "edit",
                $"{file} was edited on two hosts at the same time. What stood in the folder of {host} is kept as an edit that is not saved yet, "
                    + "and the other one is in force. Open the file in the console to choose.",
                now
            );
        }
    }

    /// <summary>Keeps files that a host brought along and that the other hosts do not have.</summary>
    public static void KeepBrought(UnitOfWork session, IEnumerable<(string File, string Text)> files, string host, DateTimeOffset now)
    {
        var kept = files.Where(one => KeepDraft(session, one.File, null, one.Text, host, now)).Select(one => one.File).ToList();
        if (kept.Count > 0)
        {
            session.Notices.Add(
                "edit",
                $"{host} has joined the other hosts, and brought files that they do not have: {string.Join(", ", kept)}. They are not in force, and "
                    + "kept as edits that are not saved yet. Open the playbooks in the console to save them or give them up.",
                now
            );
        }
    }

    /// <returns>False when it waits already.</returns>
    private static bool KeepDraft(UnitOfWork session, string file, string? begun, string text, string host, DateTimeOffset now)
    {
        var others = session.Files.DraftsOnDisk(file);
        if (others.Any(draft => draft.Says(text)))
        {
            return false;
        }

        // One that was taken up leaves its number free, while those after it still wait.
        var who = Enumerable.Range(1, others.Count + 1).Select(Numbered).First(name => others.All(draft => draft.Who != name));
        session.Files.SetDraft(new(file, who, begun, text, now));
        return true;

        string Numbered(int number) => $"{FileTable.OnDisk} of {host} ({number})";
    }
}
