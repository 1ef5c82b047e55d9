using System.Globalization;
using System.Security.Cryptography;
using OpsChat.Operations.History;
using OpsChat.Playbooks;
using OpsChat.ShopData;
using OpsChat.ShopData.History;
using OpsChat.Storage;
using OpsChat.Storage.Tables;
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

    /// <summary>So many days are saved together, and so many packed ones held.</summary>
    private const int DaysAtOnce = 64;

    private readonly Dictionary<(string Kind, string Day), byte[]> _kept = [];
    private IReadOnlyList<KeptFile> _keptFiles = [];
    private ShopHistoryFolder? _files;
    private ShopProfile? _profile;
    private ShopRows? _archive;

    /// <summary>The archive as the store has it: another one only after a save that failed.</summary>
    private ShopRows? _saved;
    private readonly HashSet<DateTime> _unsavedCounts = [];
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
        if (files.IsMoved)
        {
            return await ViewOfAsync(files.Read(now), rows: null, profile, now, cancellationToken);
        }

        await LoadAsync(now, cancellationToken);
        var reading = files.Read(now, _keptFiles);
        var rows = await KeepAsync(reading, now, cancellationToken);
        files.Release(reading.Kept);
        return await ViewOfAsync(reading, rows, profile, now, cancellationToken);
    }

    private async Task<ShopView> ViewOfAsync(
        ShopHistoryReading reading,
        ShopRows? rows,
        ShopProfile profile,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var feeds = await WithGoneFeedsAsync(reading.Rows.Feeds, now, cancellationToken);
        rows = (rows ?? ArchivedRows.WithoutNames(reading.Rows)) with { Feeds = feeds };
        return new(ShopHistory.Build(rows, new(profile.Hours), profile.Currency), reading.Files, reading.Findings);
    }

    /// <summary>What is kept, once.</summary>
    private async Task LoadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_archive is not null)
        {
            return;
        }

        var from = (now - s_stock).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (days, files) = await store.ReadAsync(session => (session.History.All(from), session.History.KeptFiles()), cancellationToken);
        _saved = _archive = ArchivedRows.Unpack(days);
        _keptFiles = [.. files.Select(ArchivedRows.Unpack).OfType<KeptFile>()];
        foreach (var day in days)
        {
            _kept[(day.Kind, day.Day)] = SHA256.HashData(day.Rows);
        }
    }

    private static (HistoryDay Day, byte[] Digest) Digested(HistoryDay day) => (day, SHA256.HashData(day.Rows));

    private bool IsOther((HistoryDay Day, byte[] Digest) it) =>
        !(_kept.TryGetValue((it.Day.Kind, it.Day.Day), out var known) && known.AsSpan().SequenceEqual(it.Digest));

    /// <summary>Adds the folder's rows to those that are kept, and stores the days that have changed.</summary>
    private async Task<ShopRows> KeepAsync(ShopHistoryReading reading, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (before, fresh) = (_archive!, ArchivedRows.WithoutNames(reading.Fresh));
        var stock = ArchivedRows.WithStock(before.Stock, fresh.Stock, now - s_stock);
        var archive = HistoryJoin.Onto(before with { Stock = [] }, fresh with { Stock = [] }) with { Stock = stock };
        _archive = archive;
        _unsavedCounts.UnionWith(ArchivedRows.Counted(fresh.Stock));
        // Each day by itself is whole, so a stop between them loses nothing: a file counts as kept only when all are saved, and what was not saved
        // this time is packed again the next.
        foreach (var part in ArchivedRows.Pack(archive, _saved!, _unsavedCounts).Select(Digested).Where(IsOther).Chunk(DaysAtOnce))
        {
            await store.WriteAsync(session => Array.ForEach(part, it => session.History.Save(it.Day)), cancellationToken);
            Array.ForEach(part, it => _kept[(it.Day.Kind, it.Day.Day)] = it.Digest);
        }

        _saved = archive;
        _unsavedCounts.Clear();
        if (!reading.Kept.Select(f => (f.File, f.Content, f.ReadBy)).SequenceEqual(_keptFiles.Select(f => (f.File, f.Content, f.ReadBy))))
        {
            await store.WriteAsync(session => session.History.KeepFiles([.. reading.Kept.Select(ArchivedRows.Pack)]), cancellationToken);
            _keptFiles = reading.Kept;
        }

        // What tells of the present comes from the folder alone.
        return _archive with { Products = fresh.Products, Suppliers = fresh.Suppliers, Campaigns = fresh.Campaigns };
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
