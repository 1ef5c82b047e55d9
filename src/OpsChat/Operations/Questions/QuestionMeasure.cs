using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>How a figure is asked for beside the number and the sum, which every answer tells: as a mean, or as a share.</summary>
internal static partial class QuestionMeasure
{
    /// <summary>Whether a word asks for a mean.</summary>
    public static bool IsMean(string english) => Mean().IsMatch(english);

    /// <summary>Whether a word asks for a share.</summary>
    public static bool IsShare(string english) => Share().IsMatch(english);

    /// <summary>Of each customer, and not of each order.</summary>
    public static bool IsPerCustomer(string english) => PerCustomer().IsMatch(english) && !PerOrder().IsMatch(english);

    /// <summary>What is asked for and the topic's answer does not tell; null when it tells all of it. A number in its place would be taken for
    /// it.</summary>
    public static string? NotTold(QuestionTopic topic, OwnerQuestion question)
    {
        var (of, english) = (question.Sales?.Of, question.English);
        var tellsMean = topic is QuestionTopic.Deliveries or QuestionTopic.LeadTime or QuestionTopic.TimeToShip
                or QuestionTopic.AdWaste or QuestionTopic.AdSpend or QuestionTopic.Measures
            || (topic == QuestionTopic.Sales && question.Sales is { Measure: SalesMeasure.Mean });
        var tellsShare = (topic == QuestionTopic.Returns && !PartOf().IsMatch(english))
            || topic is QuestionTopic.Deliveries or QuestionTopic.SupplierDelays or QuestionTopic.Packing
                or QuestionTopic.Measures or QuestionTopic.Price
            || (topic is QuestionTopic.AdSpend or QuestionTopic.AdWaste && AdReach.IsAsked(question))
            || (topic == QuestionTopic.Sales && (of is SalesOf.Cancelled or SalesOf.NewCustomers or SalesOf.ReturningCustomers
                || question.Sales is { Measure: SalesMeasure.Profit, By: SalesBy.Nothing }));
        return IsMean(english) && !tellsMean ? "a mean of that"
            : IsCost(english) && !TellsCost(topic, question) ? "what that cost"
            : IsShare(english) && !tellsShare ? "a share of that"
            : null;
    }

    private static bool IsCost(string english) => Cost().IsMatch(english);

    private static bool TellsCost(QuestionTopic topic, OwnerQuestion question) => topic is not (QuestionTopic.Orders or QuestionTopic.Sold
            or QuestionTopic.BestSellers or QuestionTopic.Deliveries or QuestionTopic.LateParcels or QuestionTopic.OpenParcels
            or QuestionTopic.Packing or QuestionTopic.Sales)
        || question.Sales is { Measure: SalesMeasure.Profit };

    [GeneratedRegex(@"(?<= )(?:costs?|cogs|expenses?|fees?|tax|taxes|shipping (?:revenue|income|paid|charges?))(?= )")]
    private static partial Regex Cost();

    [GeneratedRegex("(?<= )(?:averages?|avg|mean|median|typical order|order value|per order|per customer|basket (?:size|value)|aov)(?= )")]
    private static partial Regex Mean();

    /// <summary>A part of the returns themselves, and not of what was sold.</summary>
    [GeneratedRegex("(?<= )(?:share|proportion|ratio)(?= )|(?<= )(?:percent|percentage|share|%) of (?:the |all |our )?returns(?= )")]
    private static partial Regex PartOf();

    /// <summary>What an order comes to, or what a customer spends: the mean that sales have.</summary>
    public static bool IsMeanOfOrders(string english) => MeanOfOrders().IsMatch(english) && !english.Contains(" median ", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<= )(?:(?:average|avg|mean|typical) (?:orders?|sales?|basket|spend\w*|purchases?|customer(?:'s)?|ticket)"
        + @"(?: (?:value|size|total|amount|spend\w*))?"
        + @"|order value|basket (?:size|value)|aov|(?:revenue|sales|turnover) (?:per|by) (?:order|customer)"
        + @"|(?:worth|spends?|spent|spending|pays?) (?:\w+ ){0,3}?(?:on average|per order|per customer|averagely))(?= )")]
    private static partial Regex MeanOfOrders();

    [GeneratedRegex(@"(?<= )(?:rates?|percent|percentages?|share|proportion|ratio|%)(?= )")]
    private static partial Regex Share();

    [GeneratedRegex(@"(?<= )(?:customers?|clients?|buyers?|shoppers?|each person)(?= )")]
    private static partial Regex PerCustomer();

    [GeneratedRegex(@"(?<= )(?:per|each|every|an|average|mean) order(?:'s)?(?= )|(?<= )(?:order value|basket (?:size|value)|aov)(?= )")]
    private static partial Regex PerOrder();
}
