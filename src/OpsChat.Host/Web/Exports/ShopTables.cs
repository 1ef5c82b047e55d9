using OpsChat.Agent;
using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Host.Web.Exports;

/// <summary>Tables of what the shop's own data say, as they are now.</summary>
sealed class ShopTables(OperationsDesk desk, CurrentOperations settings, TimeProvider time)
{
    public async Task<IResult> WriteAsync(
        string name,
        Func<ShopMoment, OperationsSettings, (string[] Columns, IEnumerable<object?[]> Rows)> table,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var (columns, rows) = table((await desk.ViewAsync(now, cancellationToken)).Moment(now), settings());
        return TableExports.File(name, columns, rows);
    }

    public async Task<IResult> WriteFilesAsync(CancellationToken cancellationToken) => TableExports.File(
        "data",
        ["File", "Holds", "Platform", "Rows", "Left out", "In force"],
        (await desk.ViewAsync(time.GetUtcNow(), cancellationToken)).Files.Select(file => new object?[]
        {
            file.File, file.Holds, file.Platform, file.Rows, file.LeftOut, file.IsInForce ? "yes" : "no",
        })
    );
}
