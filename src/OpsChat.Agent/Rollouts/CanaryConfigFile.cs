using System.Security.Cryptography;
using OpsChat.Canary;
using OpsChat.ShopData;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>A configuration and the content that it was read from.</summary>
/// <param name="Fingerprint">The first 16 hex digits of the SHA-256 of the file's bytes; empty when no file was read.</param>
public sealed record CanaryInForce(CanaryConfig Config, string Fingerprint);

/// <summary>What a look at the file gave. Closed.</summary>
public abstract record CanaryReload
{
    private CanaryReload() { }

    public sealed record Unchanged : CanaryReload;

    /// <summary>The file's new content is in force.</summary>
    public sealed record Swapped(CanaryInForce Before, CanaryInForce Now) : CanaryReload;

    /// <summary>The file is broken, gone or cannot be read; what was in force stays so. Reported once for each content.</summary>
    public sealed record Kept(CanaryInForce InForce, IReadOnlyList<Finding> Findings) : CanaryReload;
}

/// <summary>How an owner's command on the file ended. Closed.</summary>
public abstract record CanaryChange
{
    private CanaryChange() { }

    public sealed record Written(CanaryInForce Before, CanaryInForce Now) : CanaryChange;

    /// <summary>Somebody changed the file after the command's base was read; nothing was written.</summary>
    /// <param name="OnDisk">What the file says now, or null when it is broken, gone or cannot be read.</param>
    public sealed record Conflict(CanaryInForce? OnDisk, IReadOnlyList<Finding> Findings) : CanaryChange;

    /// <summary>The wanted configuration is out of range, or the disk does not take it; what was in the file is still there.</summary>
    public sealed record Refused(IReadOnlyList<Finding> Findings) : CanaryChange;
}

/// <summary>
/// <c>canary.config.json</c> and what is in force. A broken file never takes effect: the last good configuration stays. Safe for use by
/// several threads; <see cref="Current"/> is one immutable value, read it once for each decision.
/// </summary>
public sealed class CanaryConfigFile
{
    private const string Unreadable = "unreadable";
    private readonly string _path;
    private readonly Lock _writing = new();
    private volatile CanaryInForce _current;
    private CanaryConfig? _onDisk;
    private string _lastSeen;

    /// <summary>Where it lies.</summary>
    public string Path => _path;

    private CanaryConfigFile(string path, CanaryInForce current, CanaryConfigReading read, string lastSeen)
    {
        (_path, _current, _onDisk, Findings, _lastSeen) = (path, current, read.Config, read.Findings, lastSeen);
    }

    public CanaryInForce Current => _current;

    /// <summary>What this file and the store said when they last said the same; null where no other host has a file of its own.</summary>
    public SyncedFiles? Synced { get; init; }

    /// <summary>What was on the disk when it was looked at last, good or not.</summary>
    internal string Seen => _lastSeen;

    /// <summary>Whether it was there at the last look, and could not be read.</summary>
    internal bool IsUnreadable => _lastSeen == Unreadable;

    /// <summary>What it said at the last look, in force or not; null when it is broken, gone or cannot be read.</summary>
    internal CanaryConfig? OnDisk => _onDisk;

    /// <summary>Why the file does not say what is in force, as the disk puts it; null when it does.</summary>
    internal string? Unwritten { get; private set; }

    /// <summary>What is wrong with the file as it lies on disk; empty when it is in force.</summary>
    public IReadOnlyList<Finding> Findings { get; private set; }

    /// <summary>
    /// Opens the file. A missing file is written with the defaults, so that the owner finds something to edit. A broken one, or one that cannot
    /// be read, leaves <paramref name="lastGood"/> in force, or, when there is none, the defaults at 0 %: nobody is answered by a guess.
    /// </summary>
    /// <exception cref="IOException">A missing file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A missing file may not be written.</exception>
    public static CanaryConfigFile Open(string path, CanaryConfig? lastGood = null, SyncedFiles? synced = null)
    {
        if (!File.Exists(path))
        {
            var defaults = CanaryConfigText.Write(lastGood ?? new CanaryConfig());
            WriteWhole(path, defaults);
        }
        var (read, fingerprint) = ReadDisk(path);
        var config = read.Config ?? lastGood ?? new CanaryConfig { Percentage = 0 };
        return new(path, new(config, read.Config is null ? "" : fingerprint), read, fingerprint) { Synced = synced };
    }

    /// <summary>Reads and checks a file without putting anything in force; for <c>check</c>.</summary>
    public static IReadOnlyList<Finding> Check(string path) => ReadDisk(path).Reading.Findings;

    /// <summary>Looks at the file and swaps what is in force when its content is new and good.</summary>
    public CanaryReload Reload()
    {
        lock (_writing)
        {
            var (read, fingerprint) = ReadDisk(_path);
            if (fingerprint == _lastSeen)
            {
                return new CanaryReload.Unchanged();
            }
            (_lastSeen, _onDisk, Findings) = (fingerprint, read.Config, read.Findings);
            if (read.Config is not { } config)
            {
                return new CanaryReload.Kept(_current, read.Findings);
            }
            var before = _current;
            _current = new(config, fingerprint);
            return new CanaryReload.Swapped(before, _current);
        }
    }

    /// <summary>Writes a configuration, whole or not at all, unless the file is no longer what the command was based on.</summary>
    /// <param name="basedOn">The <see cref="CanaryInForce.Fingerprint"/> that the owner was shown.</param>
    public CanaryChange Change(string basedOn, CanaryConfig wanted)
    {
        lock (_writing)
        {
            var (read, onDisk) = ReadDisk(_path);
            if (onDisk != basedOn)
            {
                return new CanaryChange.Conflict(read.Config is { } other ? new(other, onDisk) : null, read.Findings);
            }
            var bytes = CanaryConfigText.Write(wanted);
            if (CanaryConfigText.Read(_path, bytes) is { Config: null, Findings: var problems })
            {
                return new CanaryChange.Refused(problems);
            }
            try
            {
                WriteWhole(_path, bytes);
            }
            catch (Exception e) when (IsOfTheDisk(e))
            {
                return new CanaryChange.Refused([
                    new(
                        _path,
                        1,
                        1,
                        $"The file cannot be written: {e.Message}",
                        "Free some disk space, or give OpsChat the right to write the file and its folder; until then, pause sends every "
                            + "message to a person."
                    ),
                ]);
            }
            var before = _current;
            _current = new(wanted, Fingerprint(bytes));
            (_lastSeen, _onDisk, Findings, Unwritten) = (_current.Fingerprint, wanted, [], null);
            return new CanaryChange.Written(before, _current);
        }
    }

    /// <summary>Brings into force what all hosts have, whatever the file says: a disk that takes no file must not keep a rollback from a host.
    /// </summary>
    /// <param name="unwritten">Why the file does not say it; null when it does, or when <see cref="Findings"/> tell.</param>
    internal void PutInForce(CanaryConfig config, string? unwritten)
    {
        lock (_writing)
        {
            Unwritten = unwritten;
            if (_current.Config != config)
            {
                _current = new(config, _lastSeen);
            }
        }
    }

    private static (CanaryConfigReading Reading, string Fingerprint) ReadDisk(string path)
    {
        if (!File.Exists(path))
        {
            return (new(null, [new(path, 1, 1, "The file is gone.", "Put it back; a restart writes the last good one.")]), "gone");
        }
        try
        {
            var bytes = OwnersFile.Bytes(path);
            return (CanaryConfigText.Read(path, bytes), Fingerprint(bytes));
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            return (
                new(
                    null,
                    [
                        new(
                            path,
                            1,
                            1,
                            $"The file cannot be read: {e.Message}",
                            "Close the program that holds it, or give OpsChat the right to read it."
                        ),
                    ]
                ),
                Unreadable
            );
        }
    }

    /// <summary>A disk's refusal is an expected ending for a file of the owner's: it is reported like broken content.</summary>
    private static bool IsOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    private static string Fingerprint(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    /// <summary>A reader sees the old content or the new one, never half of it: a file beside it is flushed, then renamed over it.</summary>
    private static void WriteWhole(string path, byte[] bytes)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }
}
