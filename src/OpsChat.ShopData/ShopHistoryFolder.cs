using OpsChat.Operations.History;
using OpsChat.Text;

namespace OpsChat.ShopData;

/// <summary>A folder of exports read for operations.</summary>
/// <param name="Findings">With file, line and column.</param>
public sealed record ShopHistoryReading(ShopRows Rows, IReadOnlyList<FileSummary> Files, IReadOnlyList<Finding> Findings);

/// <summary>A shop's exports as rows of its history, read like those for the chat: by headers, whatever the files are called.</summary>
/// <param name="settings">With the shop's calendar.</param>
public sealed class ShopHistoryFolder(string folder, ShopFolderSettings settings)
{
    private readonly ShopFolder _files = new(folder, settings);

    /// <summary>Changes when any file of the folder does.</summary>
    public string Stamp() => _files.Stamp();

    /// <summary>The folder's dates are moved to today (demo data), so that its rows of yesterday are no history.</summary>
    public bool IsMoved => _files.IsMoved;

    /// <param name="now">Null replays a past, in which nothing is too late to have happened.</param>
    /// <exception cref="IOException">A file cannot be read now.</exception>
    public ShopHistoryReading Read(DateTimeOffset? now)
    {
        var (files, history, findings) = _files.ReadHistory(now);
        return new(history, [.. files.Select(Summary)], findings);
    }

    private static FileSummary Summary(ReadFile file) =>
        FileSummary.Of(file, file is { IsUsable: true, Kind: not null } && (file.Rows == 0 || file.BrokenRows < file.Rows));
}
