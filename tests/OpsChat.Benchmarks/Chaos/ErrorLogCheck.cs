using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Canary;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;

namespace OpsChat.Benchmarks.Chaos;

/// <summary>Holds a copy of the error log against the store, as it was after the change with which the copy ends.</summary>
static class ErrorLogCheck
{
    /// <summary>Null when they agree.</summary>
    public static async Task<string?> DifferenceAsync(string copy, string database, CancellationToken cancellationToken)
    {
        await using var store = await SqliteStore.OpenAsync(database, cancellationToken);
        using var file = ErrorLogFile.Open(copy);
        return await store.ReadAsync(session => Difference(file, session), cancellationToken);
    }

    /// <summary>What the host left when it was stopped: it goes on from there, and is what one made anew would be.</summary>
    public static async Task<IReadOnlyList<string>> LeftAsync(string dataFolder, string database, string scratch, CancellationToken cancellationToken)
    {
        await using var store = await SqliteStore.OpenAsync(database, cancellationToken);
        await using var log = new ErrorRateLog(store, dataFolder, TimeProvider.System, NullLogger<ErrorRateLog>.Instance);
        var state = await log.CatchUpAsync(cancellationToken);
        var rows = await RowsAsync(log, Path.Combine(scratch, $"left-{Path.GetFileName(dataFolder)}.db"), cancellationToken);
        await log.RebuildAsync(cancellationToken);
        var anew = await RowsAsync(log, Path.Combine(scratch, $"anew-{Path.GetFileName(dataFolder)}.db"), cancellationToken);
        return
        [
            .. state.MadeAnewBecause is { } because ? [$"Broken: the error log goes on from where it was closed. {because}"] : Array.Empty<string>(),
            .. rows.SequenceEqual(anew) ? [] : new[] { "Broken: the error log is what one made anew would be." },
        ];
    }

    private static string? Difference(ErrorLogFile file, UnitOfWork session)
    {
        if (session.ErrorFeed.Find(file.Through) is var last && (last is null ? null : ErrorLogFile.DigestOf(last)) != file.Mark)
        {
            return $"It ends with change {file.Through}, which is another one in the store.";
        }

        var months = session.Counters.Months().ToDictionary();
        foreach (var later in session.ErrorFeed.After(file.Through, int.MaxValue))
        {
            var key = MonthKey.Of(later.Key);
            months[key] = months.GetValueOrDefault(key, DayCounters.Zero) + -later.Change;
        }

        return file.FirstDifference(months, session.ErrorFeed.CountEntries(file.Through), DateOnly.MinValue);
    }

    private static async Task<List<string>> RowsAsync(ErrorRateLog log, string copy, CancellationToken cancellationToken)
    {
        await log.ExportAsync(copy, cancellationToken);
        using var file = ErrorLogFile.Open(copy);
        return [.. file.All().Select(row => $"{row.Collection} {row.Row}").Order(StringComparer.Ordinal)];
    }
}
