using OpsChat.Facts;
using OpsChat.ShopData;

namespace OpsChat.Tests.ShopData;

/// <summary>Everything that was read from a folder of exports, and what was refused, in lines that a person can hold against the files.</summary>
internal static class ReadOut
{
    /// <param name="folder">A folder of exports.</param>
    /// <param name="now">The moment of reading.</param>
    public static string Of(string folder, ShopFolderSettings settings, DateTimeOffset now)
    {
        var (snapshot, findings, files) = new ShopFolder(folder, settings).Read(now);
        var lines = files
            .OrderBy(file => file.File, StringComparer.Ordinal)
            .SelectMany(file =>
                file.Says.Select(said => $"  {said}").Prepend($"{(file.IsInForce ? "read" : "refused")} {file.File}: {file.InWords}")
            )
            .ToList();
        foreach (var order in (snapshot?.Orders ?? []).OrderBy(order => order.Number, StringComparer.Ordinal))
        {
            lines.Add(OfOrder(order, settings.Zone));
            lines.AddRange(
                order.Lines.Select(line =>
                    $"  {line.Quantity} × {line.Name} [{line.Sku ?? "no SKU"}] {line.Price?.ToString() ?? "price unknown"}"
                )
            );
            lines.AddRange(snapshot!.ShipmentsOf(order.Number).Select(parcel => OfParcel(parcel, settings.Zone)));
            lines.AddRange(snapshot.ReturnsOf(order.Number).Select(request => $"  return of {request.Sku ?? "the order"}: {request.Status}"));
            lines.AddRange(order.Unknown.OrderBy(unknown => unknown.Key, StringComparer.Ordinal).Select(unknown => $"  unknown {unknown.Key}"));
        }

        foreach (var product in snapshot?.Products ?? [])
        {
            lines.Add($"{product.Title}: {product.Url ?? "no page"}");
            lines.AddRange(product.Variants.Select(OfVariant));
        }

        lines.AddRange(
            findings
                .OrderBy(finding => finding.File, StringComparer.Ordinal)
                .ThenBy(finding => finding.Line)
                .ThenBy(finding => finding.Problem, StringComparer.Ordinal)
                .Select(finding =>
                    $"{(finding.IsError ? "error" : "warning")} {Path.GetFileName(finding.File)}:{finding.Line}: {finding.Problem}"
                )
        );
        return string.Join('\n', lines).Replace(folder, "the folder", StringComparison.Ordinal) + "\n";
    }

    private static string OfOrder(Order order, TimeZoneInfo zone)
    {
        string?[] parts =
        [
            order.Status?.ToString() ?? "state unknown",
            Said("paid", order.IsPaid),
            Said("shipped", order.IsShipped),
            Said("delivered", order.IsDelivered),
            Said("cancelled", order.IsCancelled),
            $"total {order.Total?.ToString() ?? "unknown"}",
            $"paid back {order.Refunded?.ToString() ?? "unknown"}",
            DerivedFacts.Refundable(order) is { } left ? $"refundable {left}" : "refundable unknown",
            order.IsCashOnDelivery ? "on delivery" : null,
            order.IsTest ? "a test" : null,
            At("placed", order.Dates.Placed, zone),
            At("paid", order.Dates.Paid, zone),
            At("shipped", order.Dates.Shipped, zone),
            At("delivered", order.Dates.Delivered, zone),
            At("cancelled", order.Dates.Cancelled, zone),
            order.PromisedBy is { } day ? $"promised {day:yyyy-MM-dd}" : null,
            order.Email,
            order.PhoneEndings.Count > 0 ? "phone " + string.Join('/', order.PhoneEndings) : null,
        ];
        return $"{order.Number}: {string.Join(", ", parts.OfType<string>())}";
    }

    private static string? Said(string what, bool? value) => value switch { true => what, false => null, null => $"{what}?" };

    private static string OfParcel(Shipment parcel, TimeZoneInfo zone) =>
        "  parcel "
        + string.Join(
            ", ",
            new[]
            {
                $"{parcel.Carrier} {parcel.Tracking ?? "no number"}".Trim(),
                At("delivered", parcel.DeliveredAt, zone),
                parcel.Scans.Count > 0
                    ? $"last seen {At("", parcel.Scans[^1].At, zone)!.Trim()} {parcel.Scans[^1].Words} {parcel.Scans[^1].Place}".TrimEnd()
                    : null,
                parcel.Trouble,
            }.OfType<string>()
        );

    private static string OfVariant(ProductVariant variant) =>
        $"  {variant.Sku} {string.Join('/', new[] { variant.Size }.OfType<string>().Concat(variant.Options))} "
            + $"{variant.Price?.ToString() ?? "price unknown"}: "
        + $"{variant.OnHand?.ToString() ?? "not counted"}, "
        + $"{variant.IsAvailable switch { true => "can be bought", false => "sold out", null => "nobody knows" }}"
        + (variant.RestockOn is { } day ? $", back {day:yyyy-MM-dd}" : "");

    private static string? At(string what, DateTimeOffset? moment, TimeZoneInfo zone) =>
        moment is { } at ? $"{what} {TimeZoneInfo.ConvertTime(at, zone):yyyy-MM-dd HH:mm}" : null;
}
