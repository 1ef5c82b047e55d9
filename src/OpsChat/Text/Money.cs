namespace OpsChat.Text;

/// <summary>An amount in the currency's minor unit (cents, sen; whole yen or dong), so that no amount is ever rounded.</summary>
/// <param name="Minor">The amount in minor units.</param>
/// <param name="Currency">ISO 4217, upper case: <c>MYR</c>.</param>
public readonly record struct Money(long Minor, string Currency)
{
    /// <summary>How many decimal digits a currency is written with: 0, 2 or 3 (ISO 4217; 2 when unknown).</summary>
    public static int Decimals(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV"
            or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>The amount that a person writes as <paramref name="major"/>, rounded half away from zero to the minor unit.</summary>
    public static Money FromMajor(decimal major, string currency) =>
        new((long)decimal.Round(major * Scale(currency), 0, MidpointRounding.AwayFromZero), currency);

    /// <summary>The amount in major units: 1250 MYR-sen is 12.50.</summary>
    public decimal Major => Minor / Scale(Currency);

    /// <summary>As the shop writes it: <c>MYR 1,299.00</c>; whole rupiah as they are used, without decimals.</summary>
    public override string ToString() => $"{Currency} {Major.ToString($"N{(Currency == "IDR" && Minor % 100 == 0 ? 0 : Decimals(Currency))}")}";

    private static decimal Scale(string currency) => Decimals(currency) switch { 0 => 1m, 3 => 1000m, _ => 100m };
}
