using System.ComponentModel;
using Microsoft.SemanticKernel;
using OpsChat.Operations.Questions;

namespace OpsChat.Models.Jobs;

/// <summary>Look-ups in the shop's rows and OpsChat's records, as the model that answers an owner sees them. None of them changes anything.</summary>
internal sealed class OperationsPlugin(OwnerLookups lookups)
{
    public const string Name = "operations";

    private const string Articles = "article codes, titles, or words of titles such as mugs, separated by commas; empty for all";
    private const string Days =
        "such as: yesterday, last week, last 30 days, this month, May 2026, from 2026-05-01 to 2026-05-20; empty for the last 28 days";
    private const string Ahead = "such as: this week, next 10 days; empty for 7 days";

    [KernelFunction("alerts"), Description("What needs a decision now: the open alerts with the money at risk, the most pressing first.")]
    public string Alerts([Description(Articles)] string articles = "",
        [Description("what they are about, such as: late parcels, returns, low stock; empty for all")] string about = "") =>
        lookups.Look(QuestionTopic.Alerts, articles: articles, about: about);

    [KernelFunction("orders_to_check")]
    [Description("Orders with something to look at: high value, the platform's risk, odd addresses. Facts, no verdict.")]
    public string OrdersToCheck(
        [Description("the days on which they were placed, as elsewhere; empty for those that have not left")] string days = ""
    ) => lookups.Look(QuestionTopic.OrderChecks, period: days);

    [KernelFunction("decisions"), Description("What people approved and rejected in a period.")]
    public string Decisions([Description(Days)] string days = "") => lookups.Look(QuestionTopic.Approvals, period: days);

    [KernelFunction("stock"), Description("Pieces that are there and on order.")]
    public string Stock([Description(Articles)] string articles = "", [Description("a supplier's name; empty for all")] string supplier = "") =>
        lookups.Look(QuestionTopic.Stock, articles: articles, supplier: supplier);

    [KernelFunction("runs_out"), Description("Which articles run out within some days, or how long the named ones last.")]
    public string RunsOut([Description(Articles)] string articles = "", [Description(Ahead)] string days = "") =>
        lookups.Look(QuestionTopic.RunsOut, articles: articles, period: days);

    [KernelFunction("enough_stock"), Description("Whether stock and what suppliers bring last until a day, a holiday or the end of a campaign.")]
    public string EnoughStock(
        [Description("such as: 20 December, Christmas, next 6 weeks, or the name of a campaign")] string until,
        [Description(Articles)] string articles = ""
    ) => lookups.Look(QuestionTopic.EnoughStock, articles: articles, period: until);

    [KernelFunction("lapsed_customers"), Description("Customers who have not ordered for some time, with their last order.")]
    public string LapsedCustomers(
        [Description("the days without an order, such as: last 60 days, since 2026-03-01; empty for 90 days")] string days = "",
        [Description(Articles)] string articles = ""
    ) => lookups.LookAtSales("orders", "customer", "lapsed-customers", articles: articles, period: days);

    [KernelFunction("to_order"), Description("What has to be ordered from suppliers now, with pieces and cost.")]
    public string ToOrder([Description(Articles)] string articles = "", [Description("a supplier's name; empty for all")] string supplier = "") =>
        lookups.Look(QuestionTopic.ToOrder, articles: articles, supplier: supplier);

    [KernelFunction("pieces_sold"), Description("Pieces sold in a period, by article.")]
    public string PiecesSold([Description(Articles)] string articles = "", [Description(Days)] string days = "",
        [Description("a supplier's name; empty for all")] string supplier = "") =>
        lookups.Look(QuestionTopic.Sold, articles: articles, supplier: supplier, period: days);

    [KernelFunction("best_sellers"), Description("The articles that sold most in a period.")]
    public string BestSellers([Description(Days)] string days = "") => lookups.Look(QuestionTopic.BestSellers, period: days);

    [KernelFunction("orders"), Description("Number of orders, revenue, mean order and cancellations of a period.")]
    public string Orders([Description(Articles)] string articles = "", [Description(Days)] string days = "") =>
        lookups.Look(QuestionTopic.Orders, articles: articles, period: days);

    [KernelFunction("sales")]
    [Description("What was sold, counted any way: the best or worst articles, customers, days, weekdays, regions or channels by orders, "
        + "revenue, profit, pieces or the mean of an order; or orders that were cancelled, are unpaid, were shipped or have to be shipped.")]
    public string Sales(
        [Description("orders, revenue, profit, pieces or mean")] string measure,
        [Description(
            "nothing (the sum), customer, article, day, weekday, week, month, region, source (the channel) or order (the biggest orders)"
        )]
            string by,
        [Description("all, cancelled, unpaid, shipped, to-ship, new-customers, returning-customers or lapsed-customers")] string of = "all",
        [Description("true when the least comes first")] bool least = false,
        [Description(Articles)] string articles = "",
        [Description(Days)] string days = ""
    ) => lookups.LookAtSales(measure, by, of, least, articles: articles, period: days);

    [KernelFunction("compare_sales"), Description("Sales of a period beside the same days before it: this month beside last month, say.")]
    public string CompareSales(
        [Description("orders, revenue, profit, pieces or mean")] string measure,
        [Description(Days)] string days = ""
    ) => lookups.LookAtSales(measure, "nothing", isCompared: true, period: days);

    [KernelFunction("order"), Description("One order: what is in it, what it came to, and where it stands.")]
    public string Order([Description("its number, such as #1234")] string number) => lookups.LookAtSales("revenue", "order", order: number);

    [KernelFunction("stock_value"), Description("What the stock cost, by article.")]
    public string StockValue([Description(Articles)] string articles = "", [Description("a supplier's name; empty for all")] string supplier = "") =>
        lookups.Look(QuestionTopic.StockValue, articles: articles, supplier: supplier);

    [KernelFunction("too_much_stock"), Description("Articles of which there is more than sells in half a year, or that do not sell at all.")]
    public string TooMuchStock([Description("a supplier's name; empty for all")] string supplier = "") =>
        lookups.Look(QuestionTopic.TooMuch, supplier: supplier);

    [KernelFunction("on_order"), Description("What suppliers still have to bring, when it is expected, and what it costs.")]
    public string OnOrder([Description(Articles)] string articles = "", [Description("a supplier's name; empty for all")] string supplier = "") =>
        lookups.Look(QuestionTopic.Incoming, articles: articles, supplier: supplier);

    [KernelFunction("deliveries"), Description("How many days each carrier takes, and how often it comes late.")]
    public string Deliveries(
        [Description("a carrier's name; empty for all")] string carrier = "",
        [Description("the days of delivery, as elsewhere; empty for the last 120 days")] string days = ""
    ) => lookups.Look(QuestionTopic.Deliveries, carrier: carrier, period: days);

    [KernelFunction("returns"), Description("Returns asked for in a period; by reason for one article, else by article.")]
    public string Returns([Description(Articles)] string articles = "", [Description(Days)] string days = "",
        [Description("a return reason such as too small; empty for all")] string reason = "",
        [Description("a supplier's name; empty for all")] string supplier = "") =>
        lookups.Look(QuestionTopic.Returns, articles: articles, supplier: supplier, reason: reason, period: days);

    [KernelFunction("why_returns"), Description("Why returns of an article rose: what is usual, since when, and the recorded change that fits best.")]
    public string WhyReturns([Description("one article's code or title; empty for the reasons of all returns")] string articles = "",
        [Description(Days)] string days = "") => lookups.Look(QuestionTopic.WhyReturns, articles: articles, period: days);

    [KernelFunction("refunds"), Description("Refunds of a period, how many and how much: told by the shop's files or approved here, each once.")]
    public string Refunds([Description(Days)] string days = "") => lookups.Look(QuestionTopic.Refunds, period: days);

    [KernelFunction("late_parcels"), Description("Parcels that are late now, or that were promised for a period and came late.")]
    public string LateParcels([Description("a carrier's name; empty for all")] string carrier = "",
        [Description("the days of the promise, as elsewhere; empty for what is late now")] string days = "") =>
        lookups.Look(QuestionTopic.LateParcels, carrier: carrier, period: days);

    [KernelFunction("parcels_on_the_way"), Description("Parcels that are on the way now, by carrier.")]
    public string ParcelsOnTheWay([Description("a carrier's name; empty for all")] string carrier = "") =>
        lookups.Look(QuestionTopic.OpenParcels, carrier: carrier);

    [KernelFunction("stuck_orders"), Description("Paid orders that should have left and have not.")]
    public string StuckOrders() => lookups.Look(QuestionTopic.StuckOrders);

    [KernelFunction("suppliers"), Description("How long suppliers say that they take and really take, and their open orders.")]
    public string Suppliers([Description("a supplier's name; empty for all")] string supplier = "") =>
        lookups.Look(QuestionTopic.LeadTime, supplier: supplier);

    [KernelFunction("supplier_delays"), Description("How often each supplier came after the promised day.")]
    public string SupplierDelays([Description("a supplier's name; empty for all")] string supplier = "",
        [Description("the promised days, as elsewhere; empty for all that are known")] string days = "") =>
        lookups.Look(QuestionTopic.SupplierDelays, supplier: supplier, period: days);

    [KernelFunction("summary")]
    [Description("How the shop did in a period, beside the days before: orders, revenue, what was left, cancellations, returns, refunds and the "
        + "best seller.")]
    public string Summary([Description(Days)] string days = "") => lookups.Look(QuestionTopic.Summary, period: days);

    [KernelFunction("waiting"), Description("How many customers wait for a person now, for what, and how long.")]
    public string Waiting() => lookups.Look(QuestionTopic.Waiting);

    [KernelFunction("contacts"), Description("How many customers wrote in a period, and about what.")]
    public string Contacts([Description(Articles)] string articles = "", [Description(Days)] string days = "") =>
        lookups.Look(QuestionTopic.Contacts, articles: articles, period: days);

    [KernelFunction("bad_reviews"), Description("Reviews of three stars or fewer in a period, by article.")]
    public string BadReviews([Description(Articles)] string articles = "", [Description(Days)] string days = "") =>
        lookups.Look(QuestionTopic.Reviews, articles: articles, period: days);

    [KernelFunction("ad_spend"), Description("What advertising cost in a period and what it sold, by ad group.")]
    public string AdSpend([Description(Articles)] string articles = "", [Description(Days)] string days = "") =>
        lookups.Look(QuestionTopic.AdSpend, articles: articles, period: days);

    [KernelFunction("ads_that_lose"), Description("Ad groups whose sales cost more than they leave.")]
    public string AdsThatLose() => lookups.Look(QuestionTopic.AdWaste);

    [KernelFunction("packing_errors"), Description("Lines packed wrong in a period, by station and shift.")]
    public string PackingErrors([Description(Days)] string days = "") => lookups.Look(QuestionTopic.Packing, period: days);

    [KernelFunction("failed_charges"), Description("Subscription charges that failed in a period.")]
    public string FailedCharges([Description(Days)] string days = "") => lookups.Look(QuestionTopic.Subscriptions, period: days);

    [KernelFunction("report"), Description("The shop's measures of a period: stuck orders, late contacts, return time and the rest.")]
    public string Report([Description(Days)] string days = "") => lookups.Look(QuestionTopic.Measures, period: days);

    [KernelFunction("prices"), Description("Price, cost and what a piece leaves.")]
    public string Prices([Description(Articles)] string articles = "") => lookups.Look(QuestionTopic.Price, articles: articles);
}

/// <summary>What an owner wishes to be done. <see cref="ProposalFilter"/> stops every call, so that its body is never reached.</summary>
internal sealed class OwnerWishPlugin
{
    [KernelFunction("propose_action")]
    [Description("When the owner asks for something to be done: puts up for approval what an open alert proposes already.")]
    public static string ProposeAction(
        [Description(
            "pause-ad, lower-budget, purchase-order, hold-order, release-order, ask-carrier, supplier-note, listing-edit, bin-move or "
                + "customer-notice"
        )]
        string action,
        [Description("the article, ad group, order or carrier that it is about, as the owner wrote it; empty when none was named")]
        string about = "") =>
        throw new InvalidOperationException($"An action is never carried out by a model ({action.Length + about.Length} characters).");
}
