using System.Text;
using OpsChat.Facts;
using OpsChat.Playbooks;

namespace OpsChat.Tests.Playbooks;

public class A_shop_profile
{
    private const string Sound = """
        ---
        name: Kedai Kita
        url: https://kedaikita.example
        currency: myr
        time_zone: Asia/Kuala_Lumpur
        opening_hours:
          mon-fri: 09:00-18:00
          sat: 10:00-13:00, 14:00-16:00
          sun: closed
        closed_on: [2026-12-25]
        answer_within: 2 hours
        return_window: 14 days
        handling_days: 2
        carriers: [J&T, Pos Laju]
        shipping_fees: "MYR 8 in West Malaysia: free from MYR 100"
        vip: customer.orders >= 5 or customer.total_spent > 1000
        warranty_months: 12
        gift_wrapping: yes
        ---
        ## Greeting
        Hello from {{store.name}}!
        ### ms
        Salam dari {{store.name}}!
        ## Identify
        Your order number and e-mail, please?
        ## Holding
        A colleague answers by {{store.answer_by}}.
        ## Out of Hours
        We are closed; {{store.answer_by}}.
        ## Not Understood
        Sorry?
        ## Thanks
        You are welcome. Warranty: {{store.warranty_months}} months.
        ## Update
        Soon: {{store.answer_by}}.
        """;

    private static readonly DateTimeOffset Friday17 = new(2026, 11, 20, 17, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("shipping_fees_zh: \"西马 MYR 9，满 MYR 100 免费\"", "store.shipping_fees_zh", "MYR 8 in West Malaysia")]
    [InlineData("shipping_fees_ms: \"percuma dari MYR 100\"", "store.shipping_fees_ms", "MYR 8 in West Malaysia")]
    [InlineData("opening_hours_ms: \"setiap hari 9 pagi - 8 malam\"", "store.opening_hours_ms", "09:00-18:00")]
    [InlineData("shipping_fees_zh: \"西马 MYR 100，满 MYR 8 免费\"", "store.shipping_fees_zh", "MYR 8 in West Malaysia")]
    [InlineData(
        "opening_hours_ms: \"Isnin-Jumaat 9 pagi - 6.30 petang, Sabtu 10 pagi - 1 petang dan 2 - 4 petang\"",
        "store.opening_hours_ms",
        "09:00-18:00"
    )]
    public void says_in_no_language_what_the_line_it_translates_does_not_say(string line, string fact, string expected)
    {
        var parsed = Parsed(Sound.Replace("gift_wrapping: yes", line, StringComparison.Ordinal));

        parsed.Profile!.Extra[fact].Shown.Should().Contain(expected);
        parsed.Findings.Should().ContainSingle().Which.IsError.Should().BeFalse("the shop can work like that");
    }

    [Theory]
    [InlineData("shipping_fees_zh: \"西马 MYR 8.00，满 MYR 100 免费\"")]
    [InlineData("opening_hours_ms: \"Isnin-Jumaat 9 pagi - 6 petang, Sabtu 10 pagi - 1 petang dan 2 - 4 petang\"")]
    [InlineData("size_guide_url: https://kedaikita.example/sizes/2026")]
    [InlineData("shipping_fees_sg: MYR 35")]
    [InlineData("return_window_vip: 60 days for our regulars")]
    [InlineData("return_window_th: 45")]
    [InlineData("handling_days_url: https://kedaikita.example/handling/3")]
    public void says_it_in_other_words_with_the_same_figures(string line) =>
        Parsed(Sound.Replace("gift_wrapping: yes", line, StringComparison.Ordinal)).Findings.Should().BeEmpty();

    private static ParsedShopProfile Parsed(string text) => ShopProfileParser.Parse(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void gives_the_shops_facts()
    {
        var parsed = Parsed(Sound);

        parsed.Findings.Should().BeEmpty();
        parsed
            .Profile!.Facts(Friday17)
            .ToDictionary(fact => fact.Name, fact => fact.Value.Shown)
            .Should()
            .BeEquivalentTo(
                new Dictionary<string, string>
                {
                    ["store.name"] = "Kedai Kita",
                    ["store.url"] = "https://kedaikita.example",
                    ["store.currency"] = "MYR",
                    ["store.time_zone"] = "Asia/Kuala_Lumpur",
                    ["store.opening_hours"] = "Mon-Fri 09:00-18:00, Sat 10:00-13:00 and 14:00-16:00",
                    ["store.open_now"] = "yes",
                    ["store.answer_by"] = "11:00 tomorrow",
                    ["store.return_window"] = "14",
                    ["store.handling_days"] = "2",
                    ["store.carriers"] = "J&T, Pos Laju",
                    ["store.shipping_fees"] = "MYR 8 in West Malaysia: free from MYR 100",
                    ["store.warranty_months"] = "12",
                    ["store.gift_wrapping"] = "yes",
                }
            );
    }

    [Fact]
    public void gives_its_texts_in_their_languages_and_a_default_for_attachments()
    {
        var texts = Parsed(Sound).Profile!.Texts;

        texts.Greeting.For("ms").Source.Should().Be("Salam dari {{store.name}}!");
        texts.Greeting.For("en").Source.Should().Be("Hello from {{store.name}}!");
        texts.Attachment.Should().Be(DefaultTexts.All.Attachment);
    }

    [Fact]
    public void knows_who_is_a_vip()
    {
        var profile = Parsed(Sound).Profile!;

        profile.IsVip(A.Facts(("customer.orders", FactValue.Of(5m)))).Should().BeTrue();
        profile
            .IsVip(A.Facts(("customer.orders", FactValue.Of(1m)), ("customer.total_spent", FactValue.Of(new Money(1000_00, "MYR")))))
            .Should()
            .BeFalse();
        profile.IsVip(FactSet.Empty).Should().BeFalse();
    }

    [Fact]
    public void of_nobody_has_facts_and_texts_that_render()
    {
        var facts = new FactSet(ShopProfile.Default.Facts(Friday17));

        facts.IsTrue("store.open_now").Should().BeTrue();
        ShopProfile.Default.Texts.Holding.Default.Render(facts).Should().BeOfType<TextResult.Rendered>();
    }

    [Theory]
    [InlineData("opening_hours: always", "every day, around the clock")]
    [InlineData("opening_hours: \"mon-fri: 09:00-18:00; sat 10:00-14:00\"", "Mon-Fri 09:00-18:00, Sat 10:00-14:00")]
    [InlineData("opening_hours: [mon-sun 9.30-24:00]", "Mon-Sun 09:30-24:00")]
    [InlineData("opening_hours:\n  fri-sun: 20:00-02:00", "Mon 00:00-02:00, Fri 20:00-24:00, Sat-Sun 00:00-02:00 and 20:00-24:00")]
    [InlineData("opening_hours:\n  Monday - Wednesday: 09:00-12:00 and 13:00-17:00", "Mon-Wed 09:00-12:00 and 13:00-17:00")]
    public void reads_opening_hours_as_people_write_them(string written, string words) =>
        Parsed($"---\n{written}\n---\n").Profile!.Hours.InWords().Should().Be(words);

    [Theory]
    [InlineData("opening_hours:\n  mon-fry: 09:00-18:00", 3, "`mon-fry` is not a weekday or a run of weekdays.")]
    [InlineData("opening_hours:\n  mon: 9 to 6", 3, "`9 to 6` is not a stretch of hours.")]
    [InlineData("opening_hours:\n  mon: closed", 2, "The opening hours have no open time.")]
    [InlineData("time_zone: Asia/Kuala", 2, "`Asia/Kuala` is not a time zone that this computer knows.")]
    [InlineData("currency: ringgit", 2, "`RINGGIT` is not a currency.")]
    [InlineData("return_window: a while", 2, "`return_window` is `a while`.")]
    [InlineData("answer_within: 1 minute", 2, "`answer_within` is `1 minute`.")]
    [InlineData("vip: customer.orders >= many", 2, "`customer.orders` is a number, and `many` is not a number.")]
    [InlineData("url: shop", 2, "`shop` is not a web address.")]
    [InlineData("answer_by: noon", 2, "`store.answer_by` is computed from the opening hours.")]
    [InlineData("closed_on: Christmas", 2, "`Christmas` is not a date.")]
    [InlineData("name:", 2, "`name` has no value.")]
    public void with_errors_says_where_and_why(string written, int line, string problem)
    {
        var parsed = Parsed($"---\n{written}\n---\n");

        parsed.Profile.Should().BeNull();
        parsed.Findings.Should().Contain(finding => finding.IsError && finding.Line == line && finding.Problem == problem);
    }

    [Fact]
    public void with_a_key_that_is_nearly_a_known_one_asks_whether_that_is_meant() =>
        Parsed("---\ncurency: MYR\n---\n").Findings.Should().Contain(finding => !finding.IsError && finding.Remedy.Contains("currency"));

    [Fact]
    public void lets_playbooks_use_its_own_keys()
    {
        var vocabulary = Parsed(Sound).Profile!.Vocabulary;

        new TextTemplate("{{store.warranty_months}}").Check(vocabulary).Should().BeEmpty();
        new TextTemplate("{{store.warranty}}").Check(vocabulary).Should().ContainSingle().Which.Remedy.Should().Contain("store.warranty_months");
    }
}
