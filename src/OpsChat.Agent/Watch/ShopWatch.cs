using System.Security.Cryptography;
using OpsChat.Operations.History;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.ShopData.History;
using OpsChat.Storage;
using OpsChat.Text;

namespace OpsChat.Agent;

/// <summary>The shop's history as it is now: what its folder says, on top of what OpsChat has kept of it.</summary>
public sealed record ShopView(ShopHistory History, IReadOnlyList<FileSummary> Files, IReadOnlyList<Finding> Findings)
{
    /// <summary>The shop as it was known then; times that come out of it are the shop's.</summary>
    public ShopMoment Moment(DateTimeOffset at) => History.AsOf(TimeZoneInfo.ConvertTime(at, History.Calendar.Zone));
}

/// <summary>
/// Keeps the shop's history up to date with its folder. A changed folder is read once it has stood still; its rows are added to those that the
/// store keeps, and of one thing told differently the folder's word counts. A kind of file that has gone is told as such. Not for use by several
/// threads at once.
/// </summary>
/// <param name="posted">The folder of what was posted over HTTP.</param>
public sealed class ShopWatch(string folder, string posted, IStore store, Func<ShopProfile> shop)
{
    /// <summary>The issue of a conversation is looked at for that long.</summary>
    private static readonly TimeSpan s_contacts = TimeSpan.FromDays(60);

    /// <summary>Counts of stock are looked back at for that long.</summary>
    private static readonly TimeSpan s_stock = TimeSpan.FromDays(150);

    private readonly Dictionary<(string Kind, string Day), byte[]> _kept = [];
    private ShopHistoryFolder? _files;
    private ShopProfile? _profile;
    private ShopRows? _archive;
    private ShopView? _view;
    private (string Stamp, DateOnly Day)? _read;
    private (string Stamp, DateTimeOffset At)? _seen;

    /// <summary>Whether the folder's content is another one than that which was read last, and has stood still for a second.</summary>
    public bool HasNews(DateTimeOffset now)
    {
        var files = Folder(out _);
        var stamp = files.Stamp();
        if (_seen?.Stamp != stamp)
        {
            _seen = (stamp, now);
        }

        return _read is null || ((_read.Value.Stamp != stamp || _read.Value.Day != Today(now)) && now - _seen.Value.At >= TimeSpan.FromSeconds(1));
    }

    /// <summary>The history as the folder is now, with what customers wrote about and which purchases were asked for.</summary>
    /// <exception cref="IOException">A file cannot be read now.</exception>
    public async Task<ShopView> ViewAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var files = Folder(out var profile);
        var stamp = files.Stamp();
        if (_view is null || _read != (stamp, Today(now)))
        {
            _view = await ReadAsync(files, profile, now, cancellationToken);
            _read = (stamp, Today(now));
        }

        var history = _view.History;
        var (contacts, requests) = await store.ReadAsync(
            session => (ChatContacts.Since(session, history, now - s_contacts), PurchaseRequests.Of(session, now)),
            cancellationToken
        );
        return _view with { History = history.With(contacts, requests) };
    }

    private ShopHistoryFolder Folder(out ShopProfile profile)
    {
        profile = shop();
        if (_files is null || !ReferenceEquals(profile, _profile))
        {
            var calendar = new ShopCalendar(profile.Hours);
            _files = new(folder, new(calendar.Zone, profile.Currency, profile.DayFirst, profile.Url) { Calendar = calendar, Posted = posted });
            (_profile, _read) = (profile, null);
        }

        return _files;
    }

    private DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, _profile!.Hours.Zone).DateTime);

    private async Task<ShopView> ReadAsync(ShopHistoryFolder files, ShopProfile profile, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reading = files.Read(now);
        var rows = files.IsMoved ? reading.Rows : await KeepAsync(reading.Rows, now, cancellationToken);
        rows = rows with { Feeds = await WithGoneFeedsAsync(reading.Rows.Feeds, now, cancellationToken) };
        return new(ShopHistory.Build(rows, new(profile.Hours), profile.Currency), reading.Files, reading.Findings);
    }

    /// <summary>Adds the folder's rows to those that are kept, and stores the days that have changed.</summary>
    private async Task<ShopRows> KeepAsync(ShopRows folderRows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_archive is null)
        {
            var days = await store.ReadAsync(session => session.History.All(), cancellationToken);
            _archive = ArchivedRows.Unpack(days);
            foreach (var day in days)
            {
                _kept[(day.Kind, day.Day)] = SHA256.HashData(day.Rows);
            }
        }

        var stock = ArchivedRows.WithStock(_archive.Stock, folderRows.Stock, now - s_stock);
        _archive = HistoryJoin.Newest([_archive with { Stock = [] }, folderRows with { Stock = [] }]) with { Stock = stock };
        var changed = ArchivedRows
            .Pack(_archive)
            .Where(day =>
                !(_kept.TryGetValue((day.Kind, day.Day), out var digest) && digest.AsSpan().SequenceEqual(SHA256.HashData(day.Rows)))
            )
            .ToList();
        // Each day by itself is whole, so a stop between them loses nothing: the folder still has it.
        foreach (var part in changed.Chunk(64))
        {
            await store.WriteAsync(session => part.ToList().ForEach(session.History.Save), cancellationToken);
        }

        foreach (var day in changed)
        {
            _kept[(day.Kind, day.Day)] = SHA256.HashData(day.Rows);
        }

        // What tells of the present comes from the folder alone.
        return _archive with { Products = folderRows.Products, Suppliers = folderRows.Suppliers, Campaigns = folderRows.Campaigns };
    }

    /// <summary>A kind of file that was there and is not any more stands among the feeds, refused: that it is missing is no good news.</summary>
    private async Task<IReadOnlyList<FeedState>> WithGoneFeedsAsync(
        IReadOnlyList<FeedState> feeds,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var known = await store.ReadAsync(session => session.History.KnownFeeds(), cancellationToken);
        var there = feeds.GroupBy(f => f.Kind).ToDictionary(f => f.Key.ToString(), f => f.Last().File, StringComparer.Ordinal);
        var fresh = there.Where(f => known.GetValueOrDefault(f.Key) != f.Value).ToList();
        if (fresh.Count > 0)
        {
            await store.WriteAsync(session => fresh.ForEach(f => session.History.Know(f.Key, f.Value)), cancellationToken);
        }

        return
        [
            .. feeds,
            .. known.Where(k => !there.ContainsKey(k.Key) && Enum.TryParse<FeedKind>(k.Key, out _))
                .Select(k => new FeedState(Enum.Parse<FeedKind>(k.Key), k.Value, now, null, null, "it is not in the shop's folder any more.")),
        ];
    }
}
