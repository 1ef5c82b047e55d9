using System.Text.RegularExpressions;

namespace OpsChat.Understanding;

/// <summary>Tells praise of a shop and of those who answer for it, "you are so helpful", "best service ever", "kak baik sangat": a few forms of
/// sentence, each of them whole. What praises goods, asks, hurries or wishes has another form. Pure, linear in the text.</summary>
internal static partial class Praise
{
    private const string
        Very = @"(?:(?:so|very|really|super|truly|always|such|the|a|an|just|all|both|too|most) )*",
        Good = "(?:helpful|kind|nice|great|good|awesome|amazing|excellent|wonderful|fantastic|brilliant|lovely|sweet|friendly|efficient"
            + "|professional|polite|best|superb|perfect|cool|legends?|lifesavers?|angels?|stars?|quick|fast|prompt)",
        Us = "(?:customer )?(?:service|shop|store|team|support|reply|replies|response|responses|responding|help|seller|people|person|chat|job|work)",
        Opening = "(?:(?:ok|okay|wow|haha|hahaha|aww|hi|hello|hey|oh|omg|and|also|but|well|kak|sis|bro|boss|dear) )*",
        Closing = "(?: (?:kak|sis|bro|boss|dear|la|lah|haha|all|guys|team|everyone|indeed|ever|thanks|thank you|tq|thx))*",
        VeryMs = "(?:(?:memang|sangat|sgt|sungguh|amat|paling) )*",
        GoodMs = "(?:baik|bagus|terbaik|mesra|ramah|membantu|hebat|best|mantap|padu)",
        AfterMs = "(?: (?:sangat|sgt|betul|hati|gila|sekali|banget|bgt|la|lah))*";

    /// <summary>Whether a clause, in folded words with single spaces and without apostrophes, is praise and nothing else.</summary>
    public static bool Is(string clause) => English().IsMatch(clause) || Malay().IsMatch(clause);

    [GeneratedRegex(
        "^" + Opening + "(?:"
            // "You guys are so helpful", "u r the best".
            + "(?:you|u|ya|yall)(?: guys| all| people)? (?:are|r|were|have been|ve been) " + Very + Good + "(?: " + Us + ")?"
            + "(?: and " + Very + Good + ")?"
            + "|(?:youre|ur|youve been) " + Very + Good + "(?: " + Us + ")?(?: and " + Very + Good + ")?"
            // "Your service is really good".
            + "|(?:your|ur|the) " + Us + "(?: here)? (?:is|are|was|were) " + Very + Good + "(?: and " + Very + Good + ")?"
            // "So helpful", "what a great service".
            + "|(?:so|such|really|what|very)(?: an?)? " + Good + "(?: " + Us + ")?|(?:how|so|very) kind of you"
            // "Best service ever", "great team".
            + "|(?:the )?(?:helpful|nice|great|good|awesome|amazing|excellent|wonderful|fantastic|brilliant|lovely|friendly|best|superb|perfect) "
            + "(?:customer )?(?:service|shop|store|team|support|seller|job|work)"
            // "You reply so fast", "u answered super quickly".
            + "|(?:you|u)(?: guys)? (?:always )?(?:reply|replied|respond|responded|answer|answered) "
            + "(?:so|very|really|super) (?:fast|quick|quickly|promptly)"
            + "|(?:i )?(?:really |so |just )*(?:love|loving|loved) (?:it|this shop|you|you guys|your shop|your service|the service)"
            + "|(?:im |i am )?(?:so |very |really )*(?:happy|impressed|pleased) with (?:your|the) " + Us
            + "|(?:thanks|thank you|thank u|tq|thx)(?: so much| very much| a lot)? (?:so|very|really) " + Good
            + "|(?:thanks|thank you|thank u|tq|thx)(?: so much| very much| a lot)? (?:for|4) (?:"
            + "(?:(?:the|your|being|such) )*" + Very + Good + "(?: " + Us + ")?"
            + "|(?:replying|helping|answering|responding)(?: me)? " + Very + "(?:fast|quick|quickly))"
            + ")" + Closing + "$", RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [GeneratedRegex(
        "^" + Opening + "(?:"
            + "(?:kak|abang|sis|admin|min|bang|korang|awak|kamu|kedai|team)(?: ni| ini| semua)? " + VeryMs + GoodMs + AfterMs
            + "|(?:servis|service|layanan|khidmat|balasan|respon)(?: ni| dia| awak| korang| kedai ni| kak)? " + VeryMs
            + "(?:" + GoodMs + "|cepat|laju|pantas)" + AfterMs
            + "|(?:terbaik|mantap|best)(?: la| lah| betul| gila)* (?:servis|service|layanan|kedai|admin|kak)(?: ni)?"
            + "|(?:sangat |memang )*puas hati(?: sangat)?(?: dengan (?:servis|layanan|khidmat)(?: ni| korang| kedai ni)?)?"
            + "|(?:cepat|laju|pantas) (?:betul|sangat|sgt|gila|nya)(?: kak| admin)?(?: reply| balas| respon)?"
            + "|reply (?:cepat|laju) (?:betul|sangat|gila)"
            + ")" + Closing + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Malay();
}
