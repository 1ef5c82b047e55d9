using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsChat.Storage.Tables;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Rows that the shop's system posts: each post becomes a file beside the shop's own, read like one. Where hosts share the store it goes to all of
/// them. A post goes after <see cref="Lives"/>, but for the newest of each kind: it may tell of what still is so.
/// </summary>
/// <param name="folder">Made at the first post.</param>
public sealed class PostedFeeds(string folder, IStore store, TimeProvider time)
{
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>How long a post is kept that is not the newest of its kind. What was read of it stays in the shop's history.</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromDays(90);

    private const string Pattern = "posted-*.csv";

    /// <param name="key">The sender's own; the same key is the same post.</param>
    /// <returns>What is wrong with it; null when it is kept.</returns>
    public async Task<string?> AcceptAsync(string kind, string key, byte[] body, CancellationToken cancellationToken)
    {
        if (kind.Length is 0 or > 40 || !kind.All(c => char.IsAsciiLetterLower(c) || c == '-'))
        {
            return "The kind of a feed is written in small letters and hyphens, such as purchase-orders.";
        }

        if (Csv(body) is not { } csv)
        {
            return "The body must be CSV with a header line, or a JSON list of flat objects.";
        }

        // The file is there before its key is: a stop between them lets the sender post again, which writes the same file.
        var name = NameOf(kind, key);
        if (await store.ReadAsync(session => session.Seen.Has(new(SeenKind.PostedFeed, name)), cancellationToken))
        {
            return null;
        }

        await LayAsync(name, csv, cancellationToken);
        await store.WriteAsync(session =>
        {
            var now = time.GetUtcNow();
            if (store.IsShared)
            {
                session.PostedFeeds.Keep(name, csv, now);
                TooOld(session.PostedFeeds.All().Where(post => post.IsThere).Select(post => (post.Name, post.At)), now)
                    .ForEach(session.PostedFeeds.Remove);
            }

            if (session.Seen.Add(new(SeenKind.PostedFeed, name), now))
            {
                session.Audit.Append("feed", "shop", kind, new { Verb = "posted", Bytes = csv.Length }, now);
            }
        }, cancellationToken);
        if (!store.IsShared)
        {
            TooOld(Here().Select(file => (file.Name, At(file))), time.GetUtcNow()).ForEach(Delete);
        }

        return null;
    }

    /// <summary>Takes back what was posted under that key: it goes from every host, and the same post does not come again.</summary>
    /// <returns>False when there was no such post.</returns>
    public async Task<bool> TakeBackAsync(string kind, string key, CancellationToken cancellationToken)
    {
        var name = NameOf(kind, key);
        var was = await store.WriteAsync(
            session =>
            {
                var isKnown = session.Seen.Has(new(SeenKind.PostedFeed, name));
                if (isKnown)
                {
                    session.PostedFeeds.Remove(name);
                    session.Audit.Append("feed", "shop", kind, new { Verb = "taken back" }, time.GetUtcNow());
                }

                return isKnown;
            },
            cancellationToken
        );
        if (was)
        {
            Delete(name);
        }

        return was;
    }

    /// <summary>Takes what was posted to other hosts, and gives them what only this one has.</summary>
    public async Task ExchangeAsync(CancellationToken cancellationToken)
    {
        var known = (await store.ReadAsync(session => session.PostedFeeds.All(), cancellationToken)).ToDictionary(post => post.Name);
        var here = Here().ToDictionary(file => file.Name);
        foreach (var name in known.Keys.Where(name => name == Path.GetFileName(name)))
        {
            if (!known[name].IsThere)
            {
                Delete(name);
            }
            else if (!here.ContainsKey(name) && await store.ReadAsync(session => session.PostedFeeds.Csv(name), cancellationToken) is { } csv)
            {
                await LayAsync(name, csv, cancellationToken);
            }
        }

        foreach (var file in here.Values.Where(file => !known.ContainsKey(file.Name)))
        {
            var csv = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
            await store.WriteAsync(session => session.PostedFeeds.Keep(file.Name, csv, At(file)), cancellationToken);
        }
    }

    private static string NameOf(string kind, string key) =>
        $"posted-{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8))}.csv";

    private static List<string> TooOld(IEnumerable<(string Name, DateTimeOffset At)> posts, DateTimeOffset now) =>
        [
            .. posts
                .GroupBy(post => post.Name[..Math.Max(0, post.Name.LastIndexOf('-'))])
                .SelectMany(kind => kind.OrderByDescending(post => post.At).Skip(1))
                .Where(post => post.At < now - Lives)
                .Select(post => post.Name),
        ];

    private IEnumerable<FileInfo> Here() => Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles(Pattern) : [];

    private static DateTimeOffset At(FileInfo file) => new(file.LastWriteTimeUtc, TimeSpan.Zero);

    private void Delete(string name)
    {
        if (Directory.Exists(folder))
        {
            File.Delete(Path.Combine(folder, name));
        }
    }

    private async Task LayAsync(string name, byte[] csv, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, name + ".new");
        await File.WriteAllBytesAsync(beside, csv, cancellationToken);
        File.Move(beside, Path.Combine(folder, name), overwrite: true);
    }

    private static byte[]? Csv(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body).TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (!text.StartsWith('['))
        {
            return text.Contains('\n', StringComparison.Ordinal) ? body : null;
        }

        try
        {
            return OfRows(JsonSerializer.Deserialize<List<Dictionary<string, JsonElement>>>(text) ?? []);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? OfRows(List<Dictionary<string, JsonElement>> rows)
    {
        var columns = rows.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal).ToList();
        if (columns.Count == 0)
        {
            return null;
        }

        var csv = new StringBuilder().AppendJoin(',', columns.Select(Cell)).Append('\n');
        foreach (var row in rows)
        {
            csv.AppendJoin(
                    ',',
                    columns.Select(column =>
                        Cell(
                            row.TryGetValue(column, out var value) && value.ValueKind != JsonValueKind.Null
                                ? Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""
                                : ""
                        )
                    )
                )
                .Append('\n');
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
