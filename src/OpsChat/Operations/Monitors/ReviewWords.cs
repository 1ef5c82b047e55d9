using OpsChat.Operations.History;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Monitors;

/// <summary>What customers' words say beside a rise in returns: support or against, never the ground (OPERATIONS F6, F9).</summary>
internal static class ReviewWords
{
    /// <summary>Up to that many stars a review complains.</summary>
    public const double LowStars = 2;
    private const int MostWords = 5;

    public static IEnumerable<EvidenceRow> Of(ShopMoment shop, string sku)
    {
        var complaints = shop.Reviews.Where(r => r.Rating <= LowStars && (r.Text ?? r.Title) is not null).Select(r =>
            (r.Sku, Text: $"{r.Title} {r.Text}"))
            .Concat(shop.Returns.All.Where(r => r.Line.Comment is not null).Select(r => (r.Line.Sku, Text: r.Line.Comment!))).ToList();
        var words = ComplaintWords.Of([.. complaints.Where(c => c.Sku == sku).Select(c => c.Text)],
            [.. complaints.Where(c => c.Sku != sku).Select(c => c.Text)]);
        if (words.Count > 0)
        {
            yield return new(
                "Words that its complaints have and others have not: "
                    + $"{string.Join(", ", words.Take(MostWords).Select(w => $"{w.Word} ({w.Texts})"))}",
                "reviews",
                null,
                shop.Now
            );
        }

        var stars = shop.Reviews.Where(r => r.Sku == sku).ToList();
        if (stars.Count >= 3)
        {
            yield return EvidenceRow.Of($"{stars.Count(r => r.Rating <= LowStars)} of {stars.Count} reviews have {LowStars:0} stars or fewer",
                stars[^1].Place, stars[^1].At!.Value);
        }
    }
}
