using OpsChat.Decisions;
using OpsChat.Operations.Settings;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>
/// <c>operations.config.json</c> and what is in force. A broken file never takes effect: the last good settings stay. Without a file the defaults
/// hold. Safe for use by several threads; <see cref="Current"/> is one immutable value.
/// </summary>
public sealed class OperationsConfigFile
{
    private readonly string _path;
    private readonly Func<string> _currency;
    private readonly Lock _reading = new();
    private (long Length, DateTime Written)? _stamp;
    private volatile OperationsSettings? _good;

    /// <param name="currency">The shop's, while no file says another.</param>
    public OperationsConfigFile(string path, Func<string> currency)
    {
        (_path, _currency) = (path, currency);
        Reload();
    }

    public OperationsSettings Current => _good ?? OperationsSettings.Default(_currency());

    /// <summary>What is wrong with the file as it lies on the disk; empty when it is in force, or when there is none.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    /// <summary>Reads and checks a file without putting anything in force; rows of its hand-off table that nothing is called like are told.</summary>
    public static IReadOnlyList<Finding> Check(string path, PlaybookSet playbooks)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var (bytes, text) = (OwnersFile.Bytes(path), OwnersFile.Text(path));
        var read = OperationsConfigText.Read(path, bytes);
        return
        [
            .. read.Findings,
            .. (read.Settings?.HandOffs ?? []).Index()
                .Where(row => !HandOffFunctions.IsOurs(row.Item.Function) && !HandOffTrigger.IsOfConversations(row.Item.Function, playbooks))
                .Select(row => NobodyIsCalled(path, row.Item.Function, JsonEdit.Find(text, $"/handOffs/{row.Index}/function"))),
        ];
    }

    private static Finding NobodyIsCalled(string path, string function, JsonPlace? place) => new(
        path, place?.Line ?? 1, place?.Column ?? 1, $"Nothing is called \"{function}\", so this row of the hand-off table calls nobody.",
        "Name a part of operations such as orders or ads, or support, or a playbook or its module.", IsError: false);

    /// <summary>Looks at the file, and reads it when it has changed.</summary>
    /// <returns>True when there is something new to tell: other settings, or other findings.</returns>
    public bool Reload()
    {
        lock (_reading)
        {
            var file = new FileInfo(_path);
            (long, DateTime)? stamp = file.Exists ? (file.Length, file.LastWriteTimeUtc) : null;
            if (stamp == _stamp)
            {
                return false;
            }

            _stamp = stamp;
            // A file that is gone keeps what it said: deleting it by mistake must not switch limits off.
            if (stamp is null)
            {
                return false;
            }

            var read = OperationsConfigText.Read(_path, OwnersFile.Bytes(_path));
            (_good, Findings) = (read.Settings ?? _good, read.Findings);
            return true;
        }
    }
}
