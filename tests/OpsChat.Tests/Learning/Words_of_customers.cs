using OpsChat.Learning;
using static OpsChat.Tests.Learning.SmallMugShop;

namespace OpsChat.Tests.Learning;

public class Words_of_customers
{
    private static readonly string[] s_frames =
    [
        "hello this is {0}, can you wrap the mug in gift paper, my mail is {1}",
        "gift paper please for order {2}, phone {3}",
        "do you have gift paper, send it to {4}, thanks {0}",
        "i am {0} and i want gift wrapping, call {3}",
        "please put gift paper around order {2} for {0}",
        "my name is {0}, gift wrapping to {4} please, {1}",
    ];

    /// <summary>Every detail of a customer is made up for that customer alone, in the forms that people use.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void never_show_what_only_one_customer_says(int seed)
    {
        var random = new Random(seed);
        var (lessons, details) = (new List<Lesson>(), new List<string>());
        for (var i = 0; i < 60; i++)
        {
            string name = $"{Made(random, 6)} {Made(random, 7)}",
                street = $"{random.Next(2, 400)} Jalan {Made(random, 8)}, {random.Next(10_000, 99_999)} {Made(random, 6)}";
            string[] own =
            [
                i % 3 == 0 ? name.ToLowerInvariant() : name,
                $"{Made(random, 5)}{i}@{Made(random, 6)}.example".ToLowerInvariant(),
                i % 2 == 0 ? $"#{random.Next(1000, 9999)}" : $"{random.Next(100_000, 999_999)}",
                $"01{random.Next(1, 9)}-{random.Next(100, 999)} {random.Next(1000, 9999)}",
                street,
            ];
            var words = string.Format(s_frames[random.Next(s_frames.Length)], own);
            lessons.Add(Lesson(i, words, $"Dear {name}, gift paper is chosen with the ribbon sign in the basket. We send it to {street}."));
            details.AddRange(
                name.Split(' ')
                    .Concat(own.Where((_, place) => place is 1 or 2 or 3))
                    .Concat(street.Split(' ', ',').Where(part => part.Length > 3 && part != "Jalan"))
            );
        }

        var proposals = Propose(lessons);

        proposals.Should().Contain(p => p.Kind == ProposalKind.NewPlaybook);
        var shown = string.Join(
            '\n',
            proposals.Select(p =>
                $"{p.Title} {p.Why} {p.Edit?.Apply(null)} {string.Join(' ', p.Cases.Select(c => $"{c.Said} {c.Answered}"))}"
            )
        );
        details.Where(detail => shown.Contains(detail, StringComparison.OrdinalIgnoreCase)).Should().BeEmpty();
        shown.Should().Contain("gift paper");
    }

    [Fact]
    public void written_like_a_name_are_masked_though_many_say_them()
    {
        var lessons = Enumerable.Range(0, 6).Select(i => Lesson(i, $"{GiftPaper(6)[i].Words} from Jolanthe", null)).ToList();

        var common = CommonWords.Of(lessons, Known.Playbooks, []);

        lessons
            .Select(lesson => common.Shown(lesson.Words, lesson))
            .Should()
            .OnlyContain(shown => !shown.Contains("Jolanthe") && shown.Contains(CommonWords.Mask));
    }

    [Fact]
    public void that_the_shops_data_know_as_a_name_are_masked_in_small_letters_too()
    {
        var lessons = Enumerable.Range(0, 6).Select(i => Lesson(i, $"{GiftPaper(6)[i].Words} from jolanthe", null)).ToList();

        CommonWords
            .Of(lessons, Known.Playbooks, [])
            .Shown(lessons[0].Words, lessons[0])
            .Should()
            .Contain("jolanthe", "without the data nobody can know");
        CommonWords.Of(lessons, Known.Playbooks, ["Jolanthe Mertens"]).Shown(lessons[0].Words, lessons[0]).Should().NotContain("jolanthe");
    }

    /// <summary>Many have this name, and write it in small letters or in a script that has no others.</summary>
    [Theory]
    [InlineData("my name is {0} and i want gift paper", "jolanthe mertens")]
    [InlineData("i am {0}, gift paper please", "jolanthe")]
    [InlineData("this is {0} here, gift paper please", "jolanthe mertens")]
    [InlineData("gift paper please, thanks {0}", "jolanthe mertens")]
    [InlineData("gift paper please\n{0}", "jolanthe")]
    [InlineData("nama saya {0}, nak gift paper", "siti zulaikha")]
    [InlineData("saya {0} nak gift paper dari {0}", "zulaikha")]
    [InlineData("mera naam {0} hai, gift paper chahiye", "priyamvada")]
    [InlineData("gift paper giao tới 12 {0}, cảm ơn", "nguyễn huệ")]
    [InlineData("gift paper to 12 {0}, 50450 please", "jalan mawarsari")]
    [InlineData("我叫{0}，gift paper", "王丽霞")]
    [InlineData("ชื่อ {0} gift paper", "สมชาย")]
    public void standing_where_a_name_or_an_address_stands_are_masked_though_many_say_them(string frame, string detail)
    {
        var lessons = Enumerable.Range(0, 6).Select(i => Lesson(i, string.Format(frame, detail), null)).ToList();

        var common = CommonWords.Of(lessons, Known.Playbooks, []);

        var shown = common.Shown(lessons[0].Words, lessons[0]);
        shown.Should().Contain("gift paper").And.NotContainAny(detail.Split(' '));
    }

    [Fact]
    public void that_belong_to_the_matter_stay_beside_a_number()
    {
        var lessons = Enumerable.Range(0, 6).Select(i => Lesson(i, $"how many turquoise mugs, i need {i + 2} mugs by monday", null)).ToList();

        CommonWords.Of(lessons, Known.Playbooks, []).Shown(lessons[0].Words, lessons[0]).Should().StartWith("how many turquoise mugs, i need");
    }

    [Fact]
    public void in_a_script_without_spaces_lose_numbers_and_what_nobody_else_says()
    {
        var lessons = Enumerable.Range(0, 4).Select(i => Lesson(i, $"礼品包装可以吗{(i == 0 ? "订单48213王丽霞" : "")}", null)).ToList();

        CommonWords
            .Of(lessons, Known.Playbooks, [])
            .Shown(lessons[0].Words, lessons[0])
            .Should()
            .StartWith("礼品包装可以")
            .And.NotContainAny("48213", "丽霞");
    }

    private static string Made(Random random, int letters) =>
        string.Concat(Enumerable.Range(0, letters).Select(i => (i % 2 == 0 ? "bdfgklmnprtvz" : "aeiou")[random.Next(i % 2 == 0 ? 13 : 5)]))
            is var word
            ? char.ToUpperInvariant(word[0]) + word[1..] + "q"
            : "";
}
