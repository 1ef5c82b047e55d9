using OpsChat.Operations.History;
using OpsChat.Operations.Questions;
using OpsChat.Operations.Settings;

namespace OpsChat.Tests.Operations;

/// <summary>It is Wednesday 3 June 2026, six in the morning; the shop's titles have words that are Malay for something else.</summary>
public class Malay_in_a_question
{
    private const int Today = 149;
    private static readonly string[] s_titles = ["Mac Cheese Tin", "Kuih Hari Raya", "Kotak Baru", "Beg Barang Besar"];
    private static readonly ShopMoment s_moment = Filled();

    [Theory]
    [InlineData("berapa mac cheese dijual minggu lepas", "how many mac cheese were sold last week", "DRESS-A")]
    [InlineData("berapa mac dijual minggu lepas", "how many mac were sold last week", "DRESS-A")]
    [InlineData("berapakah kuih hari raya dijual minggu lepas", "how many kuih hari raya were sold last week", "DRESS-B")]
    [InlineData("berapa kotak baru terjual semalam", "how many kotak baru were sold yesterday", "DRESS-C")]
    [InlineData("berapa beg barang besar dijual bulan lepas", "how many beg barang besar were sold last month", "DRESS-D")]
    public void leaves_the_words_of_an_articles_name_alone(string malay, string english, string sku)
    {
        var answer = Ask(malay);

        answer.Figure.Should().Be(Ask(english).Figure);
        answer.Rows.Should().ContainSingle().Which[0].Should().EndWith($"({sku})");
    }

    [Theory]
    [InlineData("berapa mac cheese dijual bulan mac", "March 2026")]
    [InlineData("berapa dijual bulan mac", "March 2026")]
    [InlineData("jualan 5 mac", "5 Mar 2026")]
    [InlineData("jualan sejak mac", "since 1 Mar 2026")]
    [InlineData("jualan bulan mei", "May 2026")]
    [InlineData("jualan mei", "May 2026")]
    [InlineData("jualan bulan april", "April 2026")]
    [InlineData("jualan sejak mei", "since 1 May 2026")]
    public void reads_a_month_where_something_says_so(string question, string days) => Ask(question).Title.Should().Contain(days);

    [Theory]
    [InlineData("Siapakah pelanggan terbaik saya?", "Who is my best customer?")]
    [InlineData("Apakah produk terlaris minggu lepas?", "What product is the best seller last week?")]
    [InlineData("Berapakah jualan semalam?", "How much revenue yesterday?")]
    [InlineData("Perlu beli apa minggu ini?", "What should we order this week?")]
    [InlineData("nak habis barang apa", "What is running out?")]
    [InlineData("jualan ikut hari apa paling banyak", "which day has the most revenue")]
    [InlineData("jualan setiap bulan", "revenue per month")]
    [InlineData("how many dah terjual minggu lepas", "how many were sold last week")]
    [InlineData("order mana yang belum bayar", "which orders are not paid")]
    [InlineData("produk paling kurang laku bulan lepas", "product that sold least last month")]
    public void is_answered_like_the_same_in_english(string malay, string english)
    {
        var (answer, same) = (Ask(malay), Ask(english));

        answer.IsUnderstood.Should().BeTrue(answer.Title);
        answer.Title.Should().Be(same.Title);
        answer.Figure.Should().Be(same.Figure);
    }

    private static OwnerAnswer Ask(string question) => QuestionAnswers.To(question, s_moment, OperationsSettings.Default("MYR"), OwnerRecords.None);

    private static ShopMoment Filled()
    {
        var shop = new MadeUpShop();
        for (var i = 0; i < s_titles.Length; i++)
        {
            shop.Products[i] = shop.Products[i] with { Title = s_titles[i], Type = "Goods" };
            shop.Stock.Add(new(MadeUpShop.Skus[i], new("Main", false, MadeUpShop.At(148, 20), "inventory.csv"), 6 + 100 * i, 0, null, 2));
        }

        return shop.AsOf(Today);
    }
}
