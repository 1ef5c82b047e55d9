using OpsChat.Agent;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Learning;

/// <summary>
/// Four weeks of the small mug shop, made up from a seed: customers in a dozen languages who tell their names, addresses and numbers as people do,
/// and people who answer, approve, edit, reject and look at answers. What happens hangs on the seed and on the conversation alone, so that one month
/// can happen in two shops.
/// </summary>
sealed class SimulatedMonth
{
    private const int Events = 190;
    private static readonly TimeSpan s_between = TimeSpan.FromMinutes(207);

    /// <summary>Drafts about damage wait for the owner.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>
    {
        ["opening-hours"] = SmallMugShop.Files["opening-hours"],
        ["damaged-mug"] = SmallMugShop
            .Files["damaged-mug"]
            .Replace("autonomy: full", "autonomy: full\nfinancial: action", StringComparison.Ordinal),
    };

    private sealed record Customer(string Name, string Mail, string Phone, string Address, string Order);

    private sealed record Event(string Conversation, string[] Said, Customer Who, Matter About, int Draw);

    private enum Matter
    {
        Gift,
        Hours,
        Glaze,
        Damage,
        Known,
        Other,
    }

    private readonly List<Event> _events = [];
    private readonly HashSet<string> _details = new(StringComparer.OrdinalIgnoreCase);

    public SimulatedMonth(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Events; i++)
        {
            // Every fifth goes on with a conversation of before.
            if (i % 5 == 4 && _events[random.Next(_events.Count)] is var before)
            {
                _events.Add(before with { Said = [Pick(random, s_later)], About = Matter.Other, Draw = random.Next(1000) });
                continue;
            }

            var (language, about) = (
                Pick(random, s_languages),
                (i % 10) switch
                {
                    0 => Matter.Hours,
                    1 => Matter.Glaze,
                    2 or 3 => Matter.Damage,
                    5 => Matter.Known,
                    _ => Matter.Gift,
                }
            );
            var who = Made(random, about == Matter.Gift ? language.Names : s_languages[0].Names);
            _details.UnionWith(DetailsOf(who));
            var frame = about switch
            {
                Matter.Hours => Pick(random, s_hours),
                Matter.Glaze => Pick(random, s_glaze),
                Matter.Damage => Pick(random, s_damage),
                Matter.Known => Pick(random, s_known),
                _ => Pick(random, language.Frames),
            };
            _events.Add(new($"c{i}", [Filled(frame, who)], who, about, random.Next(1000)));
        }
    }

    /// <summary>All that belongs to one customer: words of names, streets and towns, mails, phones, order numbers. A number of three digits
    /// tells nobody.</summary>
    public IReadOnlyCollection<string> Details => _details;

    public int Turns => _events.Count;

    public async Task LiveAsync(ShopUnderTest shop)
    {
        foreach (var (one, i) in _events.Select((one, i) => (one, i)))
        {
            shop.Clock.Advance(ShopUnderTest.Morning + (i * s_between) - shop.Clock.GetUtcNow());
            await shop.SayAsync(one.Conversation, one.Said);
            shop.Clock.Advance(TimeSpan.FromMinutes(15 + (one.Draw % 60)));
            await PeopleActAsync(shop, one);
        }
    }

    private static async Task PeopleActAsync(ShopUnderTest shop, Event one)
    {
        var id = ShopUnderTest.Of(one.Conversation);
        var (handOffs, pending, sent) = await shop.Store.ReadAsync(
            session =>
                (
                    session.HandOffs.OpenOf(id),
                    session.Approvals.PendingIn(id),
                    session.Turns.Of(id, 1)[0] is { Verdict: "Send" } turn
                        ? session.Outbox.OfTurn(turn.Id).FirstOrDefault(message => message.Kind == OutboxKind.Answer)
                        : null
                ),
            default
        );
        if (pending is [var approval, ..])
        {
            await DecideAsync(shop, one, approval);
        }
        else if (handOffs.Count > 0 && one.Draw % 8 != 0)
        {
            await PersonSaysAsync(shop, one);
        }
        else if (sent is not null && one.Draw % 3 == 0)
        {
            await shop.Get<SpotCheckDesk>()
                .JudgeAsync(shop.Owner, sent.Id, one.Draw % 2 == 0 ? null : (ErrorKind?)ErrorKind.Incorrect, default);
        }

        await shop.SendAsync();
    }

    private static async Task PersonSaysAsync(ShopUnderTest shop, Event one)
    {
        var (id, words, first) = (ShopUnderTest.Of(one.Conversation), Answer(one), one.Who.Name.Split(' ')[0]);
        var text =
            (one.Draw % 4) switch
            {
                0 => $"Hi {first}, {words}",
                1 => $"Dear {one.Who.Name},\n{words}",
                2 => $"{words} Thanks, {first}",
                _ => words,
            }
            + (
                (one.Draw % 5) switch
                {
                    0 => $" We send it to {one.Who.Address}.",
                    1 => $" We will write to {one.Who.Mail} or ring {one.Who.Phone}.",
                    2 => $" Your order {one.Who.Order} is noted, {first}.",
                    _ => "",
                }
            );
        var desk = shop.Get<PersonDesk>();
        if (await desk.ReplyAsync(shop.Owner, id, text, default) is PersonAnswer.Confirm asked)
        {
            await desk.ReplyAsync(shop.Owner, id, text, default, new(asked.Step.Digest));
        }
    }

    private static async Task DecideAsync(ShopUnderTest shop, Event one, Approval approval)
    {
        if (one.Draw % 3 == 0)
        {
            await shop.DecideAsync(approval, new ApprovalVerb.Reject(ErrorKind.Incorrect, $"ask {one.Who.Name} for a photo first"));
            return;
        }

        if (one.Draw % 3 == 1)
        {
            await shop.DecideAsync(
                approval,
                new ApprovalVerb.Edit(
                    approval.Text.Replace("a new one leaves tomorrow", "a new one leaves within three days", StringComparison.Ordinal)
                )
            );
            approval = (await shop.Store.ReadAsync(session => session.Approvals.PendingIn(approval.Conversation), default))[0];
        }

        await shop.ApproveAsync(approval);
    }

    private static string Answer(Event one) =>
        one.About switch
        {
            Matter.Gift => one.Draw % 2 == 0
                ? "Gift paper is chosen with the ribbon sign in the basket, it costs nothing."
                : "Choose gift paper with the ribbon sign in your basket; it costs nothing.",
            Matter.Hours => "We are open on weekdays from nine to six, on Sundays the shop is closed.",
            Matter.Glaze => new[]
            {
                $"We ask the potter and ring {one.Who.Phone}.",
                "Nobody here knows that yet, wait for spring.",
                $"It depends on the batch, we write to {one.Who.Mail}.",
                $"{one.Who.Name}, ask again next month please.",
            }[one.Draw % 4],
            _ => "A colleague looks at it.",
        };

    private static Customer Made(Random random, string[] names)
    {
        var (name, i) = (Pick(random, names), random.Next(1000, 9999));
        var small = random.Next(2) == 0 ? name.ToLowerInvariant() : name;
        var plain = new string([.. name.ToLowerInvariant().Where(char.IsAsciiLetterLower)]);
        return new(
            small,
            Pick(random, [$"{plain}x{i}@mailer.example", $"{plain}x.{i}+shop@post.example.org", $"X{i}@UNI.EXAMPLE"]),
            Pick(
                random,
                [
                    $"+60 12-{i % 900 + 100} {i}",
                    $"01{i % 9 + 1}-{i % 900 + 100}{i}",
                    $"(415) 555-{i}",
                    $"0{i % 900 + 100}/{i}{i % 90 + 10}",
                    $"+49 170 {i}{i % 100:00}",
                    $"06.{i % 90 + 10}.{i % 80 + 10}.{i / 100}.{i % 100:00}",
                    $"๐๘{i % 10}-{i % 900 + 100}-{i}",
                ]
            ),
            Pick(
                random,
                [
                    $"{i % 90 + 2} Jalan Mawarsari, {i % 90000 + 10000} Kampar",
                    $"no {i % 90 + 2} jln mawarsari kampar {i}0",
                    $"{i % 900} Willowmere Road, Thornbury {i}",
                    $"Lindenhofweg {i % 90 + 1}, {i}1 Wolfratshausen",
                    $"Calle Azucena {i % 90 + 1}, {i}2 Zamora",
                    $"rue Mirabelle {i % 90 + 1}, {i}3 Quimper",
                ]
            ),
            Pick(random, [$"#{i}", $"{i}{i % 900 + 100}", $"ORD-{i}", $"MY-2026-{i}", $"no. {i}{i}"])
        );
    }

    private static IEnumerable<string> DetailsOf(Customer who) =>
        who
            .Name.Split(' ')
            .Append(who.Mail)
            .Append(who.Phone)
            .Append(who.Order.Split(' ')[^1])
            .Concat(
                who.Address.Split(' ', ',')
                    .Where(word => word.Any(char.IsDigit) || s_places.Contains(word, StringComparer.OrdinalIgnoreCase))
            )
            .Concat(who.Mail.Split('@').Take(1))
            .Where(word => word.Length > (word.All(char.IsAsciiDigit) ? 3 : 2));

    private static string Filled(string frame, Customer who) =>
        frame
            .Replace("{name}", who.Name, StringComparison.Ordinal)
            .Replace("{mail}", who.Mail, StringComparison.Ordinal)
            .Replace("{phone}", who.Phone, StringComparison.Ordinal)
            .Replace("{address}", who.Address, StringComparison.Ordinal)
            .Replace("{order}", who.Order, StringComparison.Ordinal);

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private static readonly string[] s_places =
    [
        "mawarsari",
        "kampar",
        "willowmere",
        "thornbury",
        "lindenhofweg",
        "wolfratshausen",
        "azucena",
        "zamora",
        "mirabelle",
        "quimper",
    ];

    private static readonly string[] s_hours =
    [
        "until which hour may i come by on weekdays",
        "may i come by on weekdays before noon, my phone is {phone}",
        "which days may i come by, thanks {name}",
        "may i come by this weekday evening, i live at {address}",
    ];

    private static readonly string[] s_glaze =
    [
        "is the glaze of the mug food safe please, {name}",
        "is the glaze of the mug food safe for tea",
        "is the glaze of the mug food safe, write to {mail}",
        "hello, is the glaze of the mug food safe for soup",
    ];

    private static readonly string[] s_damage =
    [
        "my mug arrived broken, order #1293, priya.nair@example.com",
        "the cup has a crack, order #1289, isabel.costa@example.com, my name is {name}",
        "my mug arrived broken",
        "handle came off the mug, call {phone}",
    ];

    private static readonly string[] s_known =
    [
        "when do you open",
        "what are your opening hours",
        "closing time today",
        "are you open on sunday, thanks {name}",
    ];

    private static readonly string[] s_later =
    [
        "thanks",
        "when do you open",
        "I want my money back",
        "let me talk to a person",
        "is there tea",
        "my mug arrived broken",
        "and by when?",
    ];

    // Names come again and again, in small letters too: that many have them makes them nobody's secret less.
    private static readonly (string[] Names, string[] Frames)[] s_languages =
    [
        (
            ["Jolanthe Mertensen", "Torvald Brixby", "Zubeida Ramnani", "Aoife Kinsellagh", "Siew Ling Heng"],
            [
                "hello this is {name} here, can you wrap the mug in gift paper, my mail is {mail}",
                "gift paper please for order {order}, phone {phone}",
                "do you have gift paper, send it to {address}, thanks {name}",
                "my name is {name}, i want gift wrapping, call {phone}",
                "I am {name} and i want gift paper for order {order}",
                "please put gift paper around it\nregards {name}",
            ]
        ),
        (
            ["Nurhidayah Zulkarnain", "Hafizuddin Rosland"],
            [
                "nama saya {name}, boleh balut mug dengan kertas hadiah? telefon {phone}",
                "kertas hadiah untuk pesanan {order}, hantar ke {address}, terima kasih {name}",
                "saya {name}, nak kertas hadiah untuk mug, emel {mail}",
            ]
        ),
        (
            ["Marisol Etxeberria", "Iñaki Urrutikoetxea"],
            [
                "hola, me llamo {name}, pueden envolver la taza con papel de regalo? {mail}",
                "papel de regalo para el pedido {order}, gracias {name}",
            ]
        ),
        (
            ["Annegret Wiesenhütter", "Björn Öztürkmann"],
            [
                "mein Name ist {name}, geht Geschenkpapier für die Tasse? {phone}",
                "Geschenkpapier bitte, Lieferung an {address}, danke {name}",
            ]
        ),
        (
            ["Maëlys Kerguelen"],
            ["je m'appelle {name}, un papier cadeau pour la tasse svp, {phone}", "papier cadeau pour la commande {order}, merci {name}"]
        ),
        (
            ["Priyanka Chaturvedi", "Harbhajan Multani"],
            ["mera naam {name} hai, gift paper lagega kya order {order}", "gift paper chahiye, {phone} pe call karo, dhanyavad {name}"]
        ),
        (["Nguyệt Quỳnh"], ["em tên {name}, gói quà được không shop, sđt {phone}", "shop gói quà giúp đơn {order}, cảm ơn {name}"]),
        (["王丽霞", "欧阳震华"], ["我叫{name}，可以礼品包装吗，订单{order}", "礼品包装可以吗，电话{phone}，我是{name}"]),
        (["สมชาย", "วรรณวิภา"], ["ชื่อ {name} ห่อของขวัญได้ไหม โทร {phone}", "ห่อของขวัญได้ไหมคะ ออเดอร์ {order} ชื่อ{name}"]),
        (
            ["Наталья Воскобойникова"],
            ["меня зовут {name}, можно подарочную упаковку? {mail}", "подарочная упаковка для заказа {order}, спасибо {name}"]
        ),
        (["प्रियंवदा"], ["मेरा नाम {name} है, गिफ्ट पेपर मिलेगा? {phone}"]),
        (["فاطمةالزهراء"], ["اسمي {name}، هل يوجد ورق هدايا للطلب {order}"]),
        (["தமிழ்செல்வி"], ["என் பெயர் {name}, பரிசு காகிதம் கிடைக்குமா {phone}"]),
    ];
}
