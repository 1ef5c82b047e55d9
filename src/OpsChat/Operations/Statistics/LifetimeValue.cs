namespace OpsChat.Operations.Statistics;

/// <summary>BG/NBD: how often a customer will buy again (Fader, Hardie, Lee 2005; OPERATIONS F13).</summary>
/// <param name="R">Shape of the buying rates over customers.</param>
/// <param name="Alpha">Their scale, in the unit of time.</param>
/// <param name="A">First parameter of the drop-out chance.</param>
/// <param name="B">Second parameter of the drop-out chance.</param>
public sealed record RepeatPurchaseModel(double R, double Alpha, double A, double B)
{
    /// <summary>Purchases expected in the next <paramref name="ahead"/>.</summary>
    /// <param name="purchases">x: repeat purchases so far.</param>
    /// <param name="last">t_x: when the last one was.</param>
    /// <param name="age">T: since the first purchase.</param>
    public double Expected(double purchases, double last, double age, double ahead)
    {
        var (x, shape) = (purchases, R + purchases);
        var shrink = Math.Pow((Alpha + age) / (Alpha + age + ahead), shape);
        var series = Hypergeometric(shape, B + x, A + B + x - 1, ahead / (Alpha + age + ahead));
        var alive = x > 0 ? A / (B + x - 1) * Math.Pow((Alpha + age) / (Alpha + last), shape) : 0;
        return (A + B + x - 1) / (A - 1) * (1 - shrink * series) / (1 + alive);
    }

    /// <summary>₂F₁ by its series, for |z| below 1.</summary>
    private static double Hypergeometric(double a, double b, double c, double z)
    {
        var (term, sum) = (1.0, 1.0);
        for (var n = 0; n < 100_000 && Math.Abs(term) > 1e-15 * Math.Abs(sum); n++)
        {
            term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            sum += term;
        }

        return sum;
    }
}

/// <summary>How long money is bound in the business, in days.</summary>
public static class CashCycle
{
    /// <summary>Stock ÷ cost of sales a day + receivables ÷ sales a day − payables ÷ cost of sales a day; sales and cost are a year's.</summary>
    public static double Days(double stock, double costOfSales, double receivables, double sales, double payables) =>
        (stock - payables) / (costOfSales / 365) + receivables / (sales / 365);
}
