using System.Security.Cryptography;
using OpsChat.Text;

namespace OpsChat.ShopData;

/// <summary>A file of the shop's folder whose rows are kept elsewhere, so that it need not be read again while it is the same.</summary>
/// <param name="Content">Length, time of writing and digest of the file.</param>
/// <param name="ReadBy">The program and the settings that it was read by.</param>
/// <param name="Kind">What it holds.</param>
public sealed record KeptFile(string File, string Content, string ReadBy, string Kind, string? Platform, int Rows, int BrokenRows)
{
    /// <summary>It counts what customers are shown.</summary>
    public bool CountsStorefront { get; init; }

    /// <summary>It counts what is there.</summary>
    public bool CountsWarehouse { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];
    public IReadOnlyList<FeedGap> Gaps { get; init; } = [];
    public IReadOnlyList<string> Says { get; init; } = [];

    /// <summary>What tells whether a file is the same, though its time or length alone would not.</summary>
    internal static string ContentOf(byte[] bytes, DateTime written) =>
        $"{bytes.Length} {written.Ticks} {Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    /// <summary>Null when it has to be read each time the program begins: it tells of the present, its rows are kept without customers' words,
    /// or findings in it may quote a customer.</summary>
    internal static KeptFile? Of(ReadFile file, string content, string readBy) =>
        file is { Kind: { } kind, IsUsable: true, HasLater: false } && !file.HasTooManyBrokenRows && CanBeKept(kind, file.Findings.Count > 0)
            ? new(file.File, content, readBy, kind.ToString(), file.Platform, file.Rows, file.BrokenRows)
            {
                CountsStorefront = file.CountsStorefront,
                CountsWarehouse = file.CountsWarehouse,
                Findings = file.Findings,
                Gaps = file.Gaps,
                Says = file.Says ?? [],
            }
            : null;

    private static bool CanBeKept(ExportKind kind, bool hasFindings) => kind switch
    {
        ExportKind.Orders or ExportKind.Shipments or ExportKind.Payments or ExportKind.Subscriptions => !hasFindings,
        ExportKind.Inventory or ExportKind.PurchaseOrders or ExportKind.Ads or ExportKind.Fulfilment or ExportKind.StorefrontEvents
            or ExportKind.EmailStatistics => true,
        _ => false,
    };

    /// <summary>The file as it was read, without its rows.</summary>
    internal ReadFile AsRead(DateTime written) =>
        new(File, written, Enum.Parse<ExportKind>(Kind), Platform, Rows, BrokenRows, IsUsable: true, Findings)
        {
            CountsStorefront = CountsStorefront,
            CountsWarehouse = CountsWarehouse,
            Gaps = Gaps,
            Says = Says,
            IsKept = true,
        };
}
