namespace OpsChat.Benchmarks.Chaos;

/// <summary>What customers of the demo shop write: plain questions, proven and unproven orders, money, anger, nonsense.</summary>
static class CustomerWords
{
    private static readonly string[] s_texts =
    [
        "when are you open?",
        "how long does delivery take to Penang",
        "how much is the shipping fee",
        "where is my order #1293? my e-mail is priya.nair@example.com",
        "where is my order",
        "#1289 isabel.costa@example.com",
        "bila barang saya sampai? order #1288, anong.srisai@example.com",
        "I want a refund for order #1293, my e-mail is priya.nair@example.com",
        "please refund me, the sandals from #1289 are broken, isabel.costa@example.com",
        "cancel my order #1288 and give me my money back, anong.srisai@example.com",
        "can you give me a discount of RM 20",
        "what is your return policy",
        "do you take credit cards",
        "thanks!",
        "hello??",
        "this is the worst shop ever, I will call my lawyer",
        "let me talk to a real person",
        "asdf qwer zxcv",
        "is the linen shirt in stock in M?",
        "saya nak tukar saiz",
    ];

    public static IReadOnlyList<string> All => s_texts;

    public static string Draw(Random random) => s_texts[random.Next(s_texts.Length)];
}
