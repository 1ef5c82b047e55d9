using OpsChat.Operations.History;
using OpsChat.Operations.Settings;

namespace OpsChat.Operations.Questions;

/// <summary>A question beside all that it may be answered from.</summary>
internal sealed record AskedOfShop(OwnerQuestion Question, ShopMoment Shop, OperationsSettings Settings, OwnerRecords Records)
{
    private const int UsualDays = 28;

    /// <summary>The days that are asked about; four weeks when none are named.</summary>
    public QuestionPeriod Period { get; } =
        Question.Period ?? new(Shop.Today.AddDays(-UsualDays), Shop.Today.AddDays(-1), $"the last {UsualDays} days");

    /// <summary>The articles that are named, those of the supplier that is named, or all.</summary>
    public IReadOnlyList<string> Skus =>
        Question.Skus.Count > 0 ? Question.Skus
        : Question.Supplier is { } supplier ? [.. Shop.Skus.Where(s => Shop.SupplierOf(s) == supplier)]
        : Shop.Skus;

    /// <summary>The same in words, for the middle of a sentence; empty for all.</summary>
    public string Of =>
        Question.Skus.Count > 0 ? $" of {string.Join(", ", Question.Skus)}"
        : Question.Supplier is { } supplier ? $" of articles from {supplier}"
        : "";
}
