using System.Text.RegularExpressions;

namespace OpsChat.Operations.Questions;

/// <summary>Questions about what has to leave, does not move, comes back into stock, or is lost in money: whole phrases tell them, and single stems
/// would take them for orders that were placed, for returns, or for revenue. All read the words of the grammar, in lower case with a space before and
/// after.</summary>
internal static partial class GoodsOnTheMove
{
    /// <summary>What a phrase tells; null where none does.</summary>
    public static QuestionTopic? TopicOf(string text) =>
        DoNotMove(text) ? QuestionTopic.StillParcels
        : HaveToLeave(text) ? QuestionTopic.StuckOrders
        : ComeBack(text) ? QuestionTopic.Incoming
        : IsLoss(text) ? QuestionTopic.Alerts
        : null;

    /// <summary>"Which orders must go out today", "what do I have to ship", "orders waiting to be packed".</summary>
    public static bool HaveToLeave(string text) =>
        (Must().IsMatch(text) || DueOrders().IsMatch(text)) && (Orders().IsMatch(text) || What().IsMatch(text)) && !NoDispatch().IsMatch(text);

    /// <summary>"Which parcels are stuck", "parcels without a scan", "lost parcels".</summary>
    public static bool DoNotMove(string text) => (Parcels().IsMatch(text) && Still().IsMatch(text) || LostOnTheWay().IsMatch(text))
        && !NoParcels().IsMatch(text);

    /// <summary>"When will the tote come back", "is it back in stock soon"; what customers do and send back is something else.</summary>
    public static bool ComeBack(string text) => (WhenBack().IsMatch(text) || BackInStock().IsMatch(text)) && !NoGoods().IsMatch(text);

    /// <summary>"How much money am I losing": of the shop, and not of ads or articles.</summary>
    public static bool IsLoss(string text) => Loses().IsMatch(text) && Money().IsMatch(text) && !NoShop().IsMatch(text);

    /// <summary>"Without a scan" leaves nothing out.</summary>
    public static bool IsWithoutScan(string text) => WithoutScan().IsMatch(text);

    [GeneratedRegex("(?<= )without(?: an?| any)? (?:new )?(?:scans?|movement|updates?|tracking)(?= )")]
    private static partial Regex WithoutScan();

    private const string Leave = "(?:pack|ship|send(?: out)?|dispatch|post|fulfill?|go out|get out|leave|hand over"
        + "|be (?:packed|shipped|sent|dispatched|posted|fulfilled|handed over))";

    [GeneratedRegex("(?<= )(?:(?:must|have to|has to|need to|needs to|should|shall|got to|gotta|supposed to|left to|still to|yet to|to)"
        + @" (?:(?:i|we|you|they|still|also|all|(?:the |my |our )?orders?|(?:the )?parcels?) ){0,3}" + Leave
        + "|(?:wait(?:s|ing)?|ready|due) (?:for|to) (?:packing|shipping|shipment|dispatch|pick-?up|leave|go"
        + "|be (?:packed|shipped|sent|dispatched)))(?= )")]
    private static partial Regex Must();

    [GeneratedRegex("(?<= )(?:orders?|parcels?) (?:(?:that |which )?(?:are |is ))?due(?= (?:today|tomorrow|now|this|by|out|$))"
        + "|(?<= )orders? (?:(?:that|which|still|are|is) ){0,3}(?:wait|waits|waiting)(?= (?:today|now|still|$))")]
    private static partial Regex DueOrders();

    [GeneratedRegex("(?<= )(?:orders?|parcels?|packages?|shipments?)(?= )")]
    private static partial Regex Orders();

    [GeneratedRegex("^ (?:(?:and|so|ok|hi|hello|please|tell me) )?(?:what|which ones|anything|is there anything|do i have anything|how many)"
        + " (?:do|must|should|has|have|needs?|to|else|still|is|are|i|we) ")]
    private static partial Regex What();

    [GeneratedRegex("(?<= )(?:how long|how fast|how soon|how quick|how often|time to|supplier|vendor|return|refund|repl|answer|messag|invoice|receipt"
        + "|email|voucher|newsletter|send back|why|cost|wrote|should have|would have)")]
    private static partial Regex NoDispatch();

    [GeneratedRegex("(?<= )(?:parcels?|packages?|shipments?|consignments?)(?= )")]
    private static partial Regex Parcels();

    [GeneratedRegex(@"(?<= )(?:stuck|lost|missing|vanished|disappeared|stalled|standing still|stopped moving|no movement|no updates?"
        + @"|(?:not|never|n't|don't|doesn't|aren't|isn't|haven't|hasn't|didn't|won't|no longer) (?:been |be )?(?:mov\w*|scanned|seen|updated)"
        + @"|(?:no|without(?: an?| any)?) (?:new )?(?:scans?|movement|updates?|tracking))(?= )")]
    private static partial Regex Still();

    [GeneratedRegex("(?<= )(?:lost|missing|stuck|vanished) (?:in transit|in the (?:post|mail)|on the way|with (?:the )?(?:carrier|courier))(?= )")]
    private static partial Regex LostOnTheWay();

    [GeneratedRegex("(?<= )(?:return|refund|alert|exception|wrote|write|complain|review|why|cost|money|worth)")]
    private static partial Regex NoParcels();

    [GeneratedRegex(@"^ (?:\w+ ){0,3}?(?:when|how long until|how soon|what day|which day|will|is|are)"
        + " (?:[^ ]+ ){0,9}?(?:come|comes|coming|be|is|are|get|arrive)"
        + " (?:[^ ]+ ){0,2}?(?:back|again)(?= )|^ (?:when|how soon) (?:[^ ]+ ){1,9}?(?:back|again) ")]
    private static partial Regex WhenBack();

    [GeneratedRegex("(?<= )(?:back in stock|(?:in stock|available) again|back on sale|restock date)(?= )")]
    private static partial Regex BackInStock();

    [GeneratedRegex("(?<= )(?:customers?|clients?|buyers?|shoppers?|people|who|returns?|returned|refund|parcels?|packages?|orders?|ordered|carrier"
        + "|courier|sent|paid|pay|money|sales|sell|sold|buy|bought|was|were|did|had|has|have|why|answer|repl|how (?:many|much|often)|most|least)")]
    private static partial Regex NoGoods();

    [GeneratedRegex("(?<= )(?:losing|lose|loses|loosing|bleeding|leaking)(?= )")]
    private static partial Regex Loses();

    [GeneratedRegex("(?<= )(?:how much|how many|where|what)(?= )")]
    private static partial Regex Money();

    [GeneratedRegex("(?<= )(?:ads? |advert|campaign|marketing|promot|product|article|item|sku|which|customer|client|buyer|order|parcel|stock|refund"
        + "|return|sales? |how many (?!ringgit|money|rm ))")]
    private static partial Regex NoShop();
}
