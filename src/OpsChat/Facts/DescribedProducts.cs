using System.Collections.Frozen;
using OpsChat.Understanding;

namespace OpsChat.Facts;

/// <summary>
/// The products that a customer may mean who describes one without its name ("the thing to froth milk"): those whose titles are nearest in meaning.
/// They are only ever offered as a question which of them is meant, never taken for the answer. Thread-safe.
/// </summary>
/// <param name="encoder">Null while there is none: nothing is offered then.</param>
public sealed class DescribedProducts(Func<ISentenceEncoder?> encoder)
{
    /// <summary>So many titles are encoded in about two seconds, once; of a larger catalogue none is.</summary>
    private const int MostProducts = 1000;

    private const int MostOffered = 3;

    // Titles of a demo catalogue: descriptions of a product lie above, questions that name no goods at all below; and what is far behind the nearest
    // is not meant.
    private const double Near = 0.3, Behind = 0.15;

    private volatile Index? _index;

    private sealed record Index(IReadOnlyList<string> Titles, ISentenceEncoder Encoder, SentenceIndex Sentences);

    /// <returns>Nearest first, at most three; none where the encoder cannot judge the language.</returns>
    public IReadOnlyList<Product> Of(string message, ProductSearch catalogue)
    {
        if (catalogue.Products.Count is 0 or > MostProducts || encoder() is not { } known || !SentenceIndex.Knows(message) || !Describes(message))
        {
            return [];
        }

        string[] titles = [.. catalogue.Products.Select(product => product.Title)];
        var index = _index;
        if (index is null || index.Encoder != known || !index.Titles.SequenceEqual(titles, StringComparer.Ordinal))
        {
            _index = index = new(titles, known, new SentenceIndex(titles, known));
        }

        var nearest = index.Sentences.Nearest(message, MostOffered);
        return
        [
            .. nearest
                .Where(found => found.Similarity.Cosine >= Math.Max(Near, nearest[0].Similarity.Cosine - Behind))
                .Select(found => catalogue.Products[found.Place]),
        ];
    }

    /// <summary>Words for all goods together: "price list" describes none of them.</summary>
    private static readonly FrozenSet<string> s_ofAnyGoods =
        "list lists listing pricelist menu brochure stuff thing things pls plz everything full whole senarai daftar brosur semua".Split(' ')
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether there is a word beside those that every question about goods has: "how much is it" describes nothing.</summary>
    private static bool Describes(string message) =>
        Tokens.Of(message).Exists(word =>
            word.Length > 2 && !ProductSearch.IsCommon(word) && !s_ofAnyGoods.Contains(word)
            && !TextFeatures.Fillers.Contains(word) && !SynonymGroups.Knows(word));
}
