using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace OpsChat.Tests.Text;

public class An_amount_reading
{
    /// <summary>The zero of each script of decimal digits that shops' customers type, and of some that only an attacker would.</summary>
    private static readonly string[] s_zeros = ["0", "٠", "۰", "०", "০", "๐", "໐", "០", "၀", "０", "𝟎", "𝟘", "𝟢", "𑁦", "߀", "᠐"];

    private static readonly string[] s_marks = ["RM", "R M", "rm", "MYR", "ＲＭ", "RМ", "R.M.", "ringgit"];

    /// <summary>Numbers spelled out in the shop's languages, with their values.</summary>
    public static TheoryData<string, string, long> Spelled => new()
    {
        { "five thousand ringgit", "MYR", 500000 },
        { "two hundred and fifty ringgit", "MYR", 25000 },
        { "lima ribu ringgit", "MYR", 500000 },
        { "seratus lima puluh ringgit", "MYR", 15000 },
        { "dua juta rupiah", "IDR", 200000000 },
        { "ห้าพันสองร้อยบาท", "THB", 520000 },
        { "năm trăm nghìn đồng", "VND", 500000 },
        { "hai mươi lăm nghìn đồng", "VND", 25000 },
        { "limang libong piso", "PHP", 500000 },
        { "dalawampung libong piso", "PHP", 2000000 },
        { "五千令吉", "MYR", 500000 },
        { "伍仟令吉", "MYR", 500000 },
        { "二十五万令吉", "MYR", 25000000 },
        { "pachas hazaar rupees", "INR", 5000000 },
    };

    [Theory]
    [MemberData(nameof(Spelled))]
    public void knows_spelled_numbers(string text, string currency, long minor) =>
        AmountReader.Read($"{text}.", currency).Sum.Should().Be(new Money(minor, currency));

    [Fact]
    public void is_the_written_amount_or_in_doubt_in_every_script_and_spacing() =>
        Prop.ForAll(
                Gen.Choose(1, 9_999_999)
                    .Zip(Gen.Elements(s_zeros))
                    .Zip(Gen.Elements(s_marks))
                    .Zip(Gen.Elements("", " ", ":", "  "))
                    .ToArbitrary(),
                drawn =>
                {
                    var (((minor, zero), mark), space) = drawn;
                    var figure = InDigits((minor / 100m).ToString("#,0.00", CultureInfo.InvariantCulture), zero);
                    AmountReader
                        .Read($"We will refund {mark}{space}{figure} today.", "MYR")
                        .Sum.Should()
                        .Be(new Money(minor, "MYR"), "{0}{1}{2} says so", mark, space, figure);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void is_never_certain_of_less_than_was_written_whatever_stands_between_the_digits() =>
        Prop.ForAll(
                Gen.Choose(1000, 99999)
                    .Zip(Gen.Elements("", " ", "\u200B", ".", ",", "-", "_", "'", "O", "/", "*", "·", "\u00A0", "٬"))
                    .Zip(Gen.Elements(s_marks))
                    .ToArbitrary(),
                drawn =>
                {
                    var ((major, between), mark) = drawn;
                    var figure = string.Join(between, major.ToString(CultureInfo.InvariantCulture).Select(c => c));
                    var reading = AmountReader.Read($"We refund {mark} {figure}.", "MYR");
                    (reading.Sum is null || reading.Sum.Value.Major >= major)
                        .Should()
                        .BeTrue("{0} is at least {1}, and was read as {2}", figure, major, reading.Sum);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void adds_up_several_and_multiplies_them() =>
        Prop.ForAll(Gen.Choose(1, 90000).Zip(Gen.Choose(1, 90000)).Zip(Gen.Choose(2, 20)).ToArbitrary(), drawn =>
        {
            var ((one, other), times) = drawn;
            AmountReader.Read($"We refund {new Money(one, "MYR")} and {new Money(other, "MYR")}, {times} times.", "MYR").Sum
                .Should().Be(new Money((one + (long)other) * times, "MYR"));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void leaves_no_bare_figure_of_two_digits_or_more_unexplained() =>
        Prop.ForAll(
                Gen.Choose(10, 9_999_999)
                    .Zip(
                        Gen.Elements(
                            "We refund {0} to your card.",
                            "You get {0} back",
                            "Kami pulangkan {0} kepada anda",
                            "退给您{0}",
                            "{0}"
                        )
                    )
                    .ToArbitrary(),
                drawn =>
                    AmountReader
                        .Read(string.Format(CultureInfo.InvariantCulture, drawn.Item2, drawn.Item1), "MYR")
                        .IsCertain.Should()
                        .BeFalse()
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("Order #1293 left on 3 Dec 2026 at 14:30; it takes 5-7 business days.")]
    [InlineData("Your two mugs and 1 bowl are with JT123456789; the last 4 digits 4321 fit.")]
    [InlineData("Jangan risau, barang sampai dalam 3 hingga 5 hari, jam 10.")]
    [InlineData("สินค้าเรียบร้อยดี สามารถส่งคืนได้ภายใน 14 วันค่ะ")]
    [InlineData("十分抱歉，3天内给您答复。")]
    [InlineData("Xin chào, đơn hàng đến sau 3 ngày.")]
    [InlineData("Write to help@shop1234.example or see https://shop.example/a/5000.")]
    public void finds_no_money_in_dates_measures_codes_and_counts(string text)
    {
        var reading = AmountReader.Read(text, "MYR");
        reading.Amounts.Should().BeEmpty();
        reading.Doubts.Should().BeEmpty();
    }

    [Fact]
    public void takes_a_cases_own_numbers_for_no_amounts() =>
        AmountReader.Read("We refund RM 20 for 600123456789.", "MYR", ["600123456789"]).Sum.Should().Be(new Money(2000, "MYR"));

    private static string InDigits(string figure, string zero)
    {
        var first = char.ConvertToUtf32(zero, 0);
        return string.Concat(figure.Select(c => char.IsAsciiDigit(c) ? char.ConvertFromUtf32(first + c - '0') : c.ToString()));
    }
}
