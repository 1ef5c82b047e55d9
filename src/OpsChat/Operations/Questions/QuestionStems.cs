namespace OpsChat.Operations.Questions;

/// <summary>What tells a question's topic.</summary>
internal static class QuestionStems
{
    /// <summary>A stem, or stems together, that weigh so much tell a topic.</summary>
    public const int Telling = 3;

    /// <summary>Stems by topic; the numbers weigh how telling one is. A stem counts when a word begins with it.</summary>
    public static readonly (QuestionTopic Topic, (string Stem, int Weight)[] Stems)[] Topics =
    [
        (QuestionTopic.RunsOut, [("runs out", 5), ("run out", 5), ("running out", 5), ("sell out", 4), ("sells out", 4), ("sold out", 4),
            ("out of stock", 4), ("cover", 2), ("last", 0), ("low", 1), ("low on stock", 4), ("low stock", 4), ("running low", 5),
            ("stock is low", 4), ("almost out", 5), ("nearly out", 5), ("no stock", 5), ("not in stock", 5), ("be gone", 5),
            ("days of stock", 9), ("weeks of stock", 9), ("days of cover", 9), ("weeks of cover", 9)]),
        (QuestionTopic.ToOrder, [("reorder", 5), ("restock", 5), ("buy", 3), ("purchase", 4), ("need to order", 5), ("should we order", 5),
            ("should i order", 5), ("order from", 4), ("what to order", 5), ("replenish", 5)]),
        (QuestionTopic.Stock, [("stock", 2), ("inventory", 3), ("on hand", 4), ("in stock", 4), ("how much stock", 4), ("available", 3),
            ("how many do we have", 4), ("left", 2), ("pieces of", 1), ("warehouse", 1), ("we have left", 4), ("i have left", 4), ("are left", 4),
            ("is left", 4),
            ("got left", 4), ("still have", 3)]),
        (QuestionTopic.BestSellers, [("best sell", 6), ("bestsell", 6), ("top sell", 6), ("sells best", 6), ("sell best", 6), ("sell most", 6),
            ("sold most", 6), ("most sold", 6), ("sells most", 6), ("top article", 5), ("top product", 5), ("top item", 5), ("popular", 5),
            ("bestseller", 6), ("selling the most", 6), ("selling most", 6), ("sell the most", 6), ("sells the most", 6), ("sold the most", 6),
            ("hot item", 5), ("hottest", 4), ("trending", 5), ("buying most", 5), ("bought most", 5)]),
        (QuestionTopic.Sold, [("sold", 3), ("sell", 3), ("sales of", 3), ("units", 3), ("sales", 2)]),
        (QuestionTopic.Orders, [("orders", 3), ("sales", 3), ("revenue", 5), ("income", 4), ("turnover", 5), ("takings", 5), ("takes in", 2),
            ("how much did we sell", 4), ("how many order ", 3),
            ("average order", 5), ("order value", 4)]),
        (QuestionTopic.WhyReturns, [("why", 3), ("cause", 3), ("reason", 3), ("rise", 1), ("rose", 1), ("went up", 1)]),
        (QuestionTopic.WhySales, [("why", 1), ("reason", 1), ("cause", 1)]),
        (QuestionTopic.Returns, [("return", 4), ("sent back", 4), ("came back", 4), ("come back", 4), ("send back", 4)]),
        (QuestionTopic.Refunds, [("refund", 6), ("paid back", 5), ("pay back", 5)]),
        (QuestionTopic.LateParcels, [("late", 3), ("delayed", 4), ("overdue", 3), ("parcel", 2), ("carrier", 2), ("courier", 2), ("deliver", 1),
            ("promise", 2)]),
        (QuestionTopic.OpenParcels, [("on the way", 5), ("in transit", 5), ("under way", 5), ("parcels are open", 5), ("parcels open", 5),
            ("open parcels", 5), ("open", 1)]),
        (QuestionTopic.StuckOrders, [("stuck", 6), ("not shipped", 6), ("unshipped", 6), ("not sent", 5), ("still to ship", 6), ("to be shipped", 5),
            ("waiting to ship", 6), ("wait", 1), ("open", 1),
            ("haven't been shipped", 6), ("not been shipped", 6), ("not yet shipped", 6), ("left the warehouse", 4), ("dispatch", 1), ("post", 1),
            ("didn't ship", 6), ("haven't shipped", 6), ("hasn't shipped", 6), ("hasn't been shipped", 6), ("weren't shipped", 6),
            ("wasn't shipped", 6), ("aren't shipped", 6), ("isn't shipped", 6), ("haven't left", 6), ("hasn't left", 6), ("didn't leave",
            6), ("have not left", 6), ("has not left", 6), ("not left yet", 6),
            ("fulfil", 1), ("ready", 1), ("due", 1), ("leave", 1)]),
        (QuestionTopic.StillParcels, [("lost", 1), ("missing", 1), ("stuck", 1), ("scan", 1), ("vanish", 1), ("disappear", 1), ("stall", 1),
            ("tracking", 1), ("update", 1), ("movement", 1), ("not moving", 1), ("not move", 1), ("don't move", 1), ("doesn't move", 1),
            ("aren't moving", 1), ("isn't moving", 1), ("haven't moved", 1), ("hasn't moved", 1), ("not moved", 1), ("not scanned", 1),
            ("not been scanned", 1), ("never scanned", 1), ("never been scanned", 1), ("haven't been scanned", 1), ("hasn't been scanned", 1),
            ("weren't scanned", 1), ("not seen", 1), ("not been seen", 1), ("not updated", 1), ("lost in transit", 1), ("in the post", 1),
            ("in the mail", 1)]),
        (QuestionTopic.LeadTime, [("lead time", 6), ("supplier", 3), ("how long does", 2), ("how long do", 2), ("vendor", 3), ("take to deliver", 5),
            ("takes to deliver", 5), ("really take", 4)]),
        (QuestionTopic.AdWaste, [("wast", 5), ("too dear", 5), ("too expensive", 4), ("cost per sale", 3), ("cpa", 4), ("losing money", 4),
            ("lose money", 4), ("over the limit", 4), ("worth", 1), ("worth it", 2), ("profitab", 2), ("unprofitab", 2),
            ("campaign", 1), ("ad ", 1), ("ads", 1), ("roi ", 4), ("roas", 5), ("paying off", 1), ("pay off", 1), ("pays off", 1), ("working", 1)]),
        (QuestionTopic.AdSpend, [("ads", 3), ("ad ", 3), ("ad spend", 5), ("advert", 4), ("ad cost", 4), ("spend", 3), ("spent", 3),
            ("campaign", 2),
            ("ad group", 3), ("marketing", 2), ("click", 5), ("click-through", 5), ("impression", 6), ("ctr", 6), ("cpc", 6)]),
        (QuestionTopic.Packing, [("packed", 3), ("packing", 4), ("pack", 3), ("mispick", 6), ("wrong item", 3), ("wrong", 1),
            ("station", 4), ("shift", 2),
            ("mixed up", 5), ("picking", 4), ("packing error", 6), ("line", 1)]),
        (QuestionTopic.Subscriptions, [("subscription", 6), ("charge failed", 5), ("charges failed", 5), ("failed charge", 5), ("recurring", 4)]),
        (QuestionTopic.Alerts, [("alert", 5), ("exception", 5), ("needs me", 6), ("need me", 5), ("needs attention", 6), ("need attention", 6),
            ("attention", 4), ("focus", 4), ("to decide", 5), ("open", 1), ("worry about", 5), ("at risk", 4), ("urgent", 4),
            ("what to do", 6), ("need to do", 6), ("i have to do", 6), ("do i have to do", 6), ("do i need to do", 6), ("should i do", 6),
            ("should we do", 6), ("do first", 6), ("most important", 5),
            ("to-do", 4), ("what is wrong", 5), ("what's wrong", 5), ("anything wrong", 5), ("any problem", 5), ("problems", 3)]),
        (QuestionTopic.Measures, [("kpi", 6), ("measure", 4), ("how are we doing", 6), ("key figures", 6), ("performance", 3), ("numbers of the", 4),
            ("dashboard", 4), .. AskedMeasure.Words.Select(words => (words, 9))]),
        (QuestionTopic.StockValue, [("stock value", 8), ("stock worth", 8), ("inventory value", 8), ("inventory worth", 8), ("value of the stock", 8),
            ("value of our stock", 8), ("value of my stock", 8), ("worth is the stock", 8), ("tied up", 7), ("is there worth", 7)]),
        (QuestionTopic.TooMuch, [("too much", 6), ("too many", 6), ("overstock", 7), ("excess", 6), ("lasts longest", 6), ("lies around", 6),
            ("dead stock", 7), ("slow mov", 6), ("slow-mov", 6), ("sitting", 5)]),
        (QuestionTopic.Incoming, [("next delivery", 8), ("on order", 8), ("open purchase", 8), ("purchase order", 8),
            ("purchase orders are open", 9), ("incoming", 6),
            ("arriv", 5), ("come in", 4), ("coming in", 5), ("owe supplier", 8), ("owe our supplier", 8), ("owe the supplier", 8),
            ("delivered to us", 6), ("open", 1), ("be restocked", 12), ("back in stock", 12), ("be back", 8), ("restock date", 12),
            ("did we order from", 12), ("did i order from", 12), ("have we ordered", 12), ("we ordered from", 12)]),
        (QuestionTopic.Deliveries, [("worst carrier", 7), ("best carrier", 7), ("carrier is the", 7), ("carrier is", 4), ("courier is", 6),
            ("fastest carrier", 7), ("slowest carrier", 7), ("delivery take", 7), ("shipping take", 7), ("deliveries take", 7), ("delivery time", 7),
            ("delivered on time", 7), ("on time", 4), ("on-time", 4),
            ("time to deliver", 6), ("slowest courier", 7), ("fastest courier", 7), ("worst courier", 7),
            ("best courier", 7), ("reliab", 5), ("unreliab", 5), ("parcels arrived", 9), ("parcels arrive", 9), ("parcels came", 9),
            ("parcels delivered", 9), ("parcels were delivered", 9), ("parcels got delivered", 9)]),
        (QuestionTopic.Contacts, [("wrote", 7), ("write to us", 7), ("write about", 7), ("writing about", 7),
            ("contacted", 7), ("complain", 7), ("messages", 6), ("conversation", 6),
            ("asking about", 7), ("ask about", 7), ("asked about", 7), ("asked for a", 7), ("texted", 6), ("messaged", 6), ("why", 1)]),
        (QuestionTopic.Waiting, [("waiting", 4), ("who waits", 8), ("who is waiting", 8), ("who's waiting", 8), ("wait for", 5),
            ("waits for", 5), ("customers wait", 8), ("customer wait", 8), ("unanswered", 8),
            ("not answered", 8), ("not been answered", 8), ("waiting for a reply", 8), ("waiting for an answer", 8), ("to be answered", 7),
            ("to answer", 6), ("need a reply", 7), ("needs a reply", 7), ("have to reply", 7), ("to reply", 6), ("approval", 5), ("wait", 1),
            ("open approval", 6), ("approvals open", 6), ("approvals are open", 6), ("pending approv", 6), ("pending repl", 7), ("pending answer", 7),
            ("pending refund", 9), ("refunds pending", 9), ("refunds are pending", 9), ("to approve", 5), ("to be approved", 5)]),
        (QuestionTopic.SupplierDelays, [("worst supplier", 7), ("best supplier", 7), ("worst vendor", 7), ("best vendor", 7)]),
        (QuestionTopic.Summary, [("summar", 7), ("overview", 6), ("recap", 6), ("how is business", 8), ("how's business", 8), ("hows business", 8),
            ("how is the business", 8), ("how was business", 8), ("business doing", 8), ("business going", 8), ("business look", 6),
            ("how is my shop", 7), ("how is the shop", 7), ("how is my store", 7), ("how is the store", 7), ("shop doing", 7), ("store doing", 7),
            ("how did we do", 7), ("how did i do", 7), ("how did it go", 7), ("how did the shop do", 7), ("how was", 3), ("how were", 3),
            ("how are things", 7), ("how is it going", 6), ("how are sales", 7), ("how is sales", 7), ("how business", 8)]),
        (QuestionTopic.TimeToShip, [("time to ship", 8), ("shipping speed", 8), ("handling time", 8), ("dispatch time", 8)]),
        (QuestionTopic.OrderChecks, [("risky", 6), ("fraud", 6), ("fraudulent", 6), ("suspicious", 6), ("suspect", 6), ("high risk", 6),
            ("high-risk", 6), ("order risk", 6), ("risk level", 6), ("odd address", 7), ("strange address", 7), ("wrong address", 7),
            ("bad address", 7),
            ("address problem", 9), ("address mismatch", 7), ("incomplete address", 7), ("addresses differ", 7), ("billing and shipping", 7),
            ("forwarder", 6), ("post box", 5), ("high value order", 6), ("high-value order", 6), ("orders of high value", 6),
            ("orders with high value", 6), ("orders with a high value", 6), ("look at before", 7), ("check before", 7),
            ("orders to check", 7), ("orders should i check", 7), ("orders should we check", 7)]),
        (QuestionTopic.Approvals, [("did we approve", 9), ("did i approve", 9), ("have we approved", 9), ("we approved", 9), ("i approved", 9),
            ("was approved", 8), ("were approved", 8), ("been approved", 8), ("who approved", 9), ("approved by", 9),
            ("did we reject", 9), ("did i reject", 9), ("reject", 6), ("turned down", 6), ("did we decide", 7), ("decided", 4), ("decisions", 5)]),
        (QuestionTopic.Bought, [("purchase history", 6), ("order history", 6)]),
        (QuestionTopic.Reviews, [("review", 7), ("stars", 6), ("rating", 6)]),
        (QuestionTopic.EnoughStock, [("enough", 6), ("last until", 6), ("last till", 6), ("last through", 6), ("lasts until", 6),
            ("stock for the", 5), ("ready for", 4), ("prepared for", 4), ("get through", 4), ("short of", 4)]),
        (QuestionTopic.Price, [("price", 4), ("cost of", 1), ("margin", 5), ("earn on", 4), ("earn with", 4), ("contribution", 5)]),
    ];

    /// <summary>Stems of several words; the grammar uses them as a whole.</summary>
    public static IEnumerable<string> OfSeveralWords =>
        Topics.SelectMany(t => t.Stems).Select(s => s.Stem).Where(s => s.Trim().Contains(' ', StringComparison.Ordinal))
            .OrderByDescending(s => s.Length);

    /// <summary>How much a word says for a topic; 0 when nothing.</summary>
    public static int Weight(QuestionTopic of, string word) => Topics.Single(t => t.Topic == of).Stems
        .Where(s => QuestionVocabulary.IsFormOf(word, s.Stem)).Select(s => s.Weight).DefaultIfEmpty(0).Max();

    /// <summary>Whether a word says enough for some topic.</summary>
    public static bool Tells(string word) => Topics.Any(t => Weight(t.Topic, word) >= Telling);
}
