using System.Text.Json;
using System.Text.Json.Nodes;
using OpsChat.Canary;
using OpsChat.Operations.Monitors;
using OpsChat.Operations.Queue;
using OpsChat.Operations.Statistics;

namespace OpsChat.Operations.Evaluation;

/// <summary>
/// Computes formula vectors, so that others can compare: a list of <c>{"f", "in"}</c> becomes the same list with <c>out</c>. Numbers are
/// rounded to six decimals.
/// </summary>
public static class FormulaVectors
{
    /// <exception cref="FormatException">The list is not of that shape, or names a formula that does not exist.</exception>
    public static JsonArray Compute(JsonArray vectors)
    {
        var results = new JsonArray();
        foreach (var vector in vectors)
        {
            var name = vector?["f"]?.GetValue<string>() ?? throw new FormatException("Each vector needs a name f.");
            var input = Resolved(vectors, vector["in"] ?? throw new FormatException($"{name} has no in."));
            results.Add(new JsonObject { ["f"] = name, ["in"] = vector["in"]!.DeepClone(), ["out"] = Compute(name, input) });
        }

        return results;
    }

    /// <summary><c>sameAs</c> takes over what an earlier vector says: by index, or by the name of its formula.</summary>
    private static JsonNode Resolved(JsonArray vectors, JsonNode input)
    {
        if (input is not JsonObject own || own["sameAs"] is not { } same)
        {
            return input;
        }

        var other =
            same.GetValueKind() == JsonValueKind.Number
                ? vectors[same.GetValue<int>()]
                : vectors.First(v => v?["f"]?.GetValue<string>() == same.GetValue<string>());
        var merged = other!["in"]!.DeepClone().AsObject();
        foreach (var (member, value) in own)
        {
            merged[member] = value?.DeepClone();
        }

        return merged;
    }

    private static JsonNode Compute(string name, JsonNode i) =>
        name switch
        {
            "F1" => Rate(i),
            "F2" => Dispersion(i),
            "F3" => Reorder(i),
            "F3order" => Order(i),
            "F4" => LeadTime(i),
            "F5" => Cover(i),
            "F5lost" => Lost(i),
            "F6sr" => Detector(i),
            "F6cusum" => Cusum(i),
            "F6change" => List(i.AsArray().Select(p => CountEvidence.KnownChange(D(p![0]), D(p[1]), ChangeDetector.ReturnRatios.AsSpan()))),
            "F6scan" => List(i.AsArray().Select(p => CountEvidence.Scan(D(p![0]), D(p[1])))),
            "F7" => new JsonObject
            {
                ["factor"] = N(EventDemand.After(D(i["base"]), D(i["daysAfter72h"]), D(i["units"]), D(i["prior"])).Factor),
            },
            "F8" => Late(i),
            "F10limit" => AdLimit(i),
            "F10p" => List(
                i["cases"]!.AsArray().Select(c => AdEconomics.ChanceOverLimit(D(i["limit"]), D(i["account"]), D(c![0]), D(c[1])))
            ),
            "F12" => List(i.AsArray().Select(p => LookAlikes.Dice(p![0]!.GetValue<string>(), p[1]!.GetValue<string>()))),
            "station" => Station(i),
            "F13bgnbd" => List(
                i["cases"]!
                    .AsArray()
                    .Select(c =>
                        new RepeatPurchaseModel(D(i["r"]), D(i["alpha"]), D(i["a"]), D(i["b"])).Expected(
                            D(c![0]),
                            D(c[1]),
                            D(i["T"]),
                            D(i["t"])
                        )
                    )
            ),
            "F13cycle" => new JsonObject
            {
                ["days"] = N(CashCycle.Days(D(i["stock"]), D(i["costOfSales"]), D(i["receivables"]), D(i["sales"]), D(i["payables"]))),
            },
            "rank" => List(i.AsArray().Select(p => new AlertScore(D(p![0]), AlertScore.UrgencyOf(D(p[1])), D(p[2])).Value)),
            "identity" => new JsonArray([.. i.AsArray().Select(k => (JsonNode)SubjectKey.IdOf(k!.GetValue<string>()))]),
            "gate" => List(
                i["agreed"]!
                    .AsArray()
                    .Select(a => Math.Exp(EValues.LogDown(new((int)D(a) + (int)D(i["otherwise"]), (int)D(i["otherwise"])), D(i["budget"]))))
            ),
            _ => throw new FormatException($"There is no formula {name}."),
        };

    private static JsonObject Rate(JsonNode i)
    {
        var (units, closed) = Series(i);
        var kappa = D(i["kappa"]);
        var rate = DemandRate.Of(units, closed, D(i["halfLife"]), kappa, i["r0"] is { } prior ? D(prior) : 0);
        return new()
        {
            ["rate"] = N(rate.PerDay),
            ["weight"] = N(rate.Weight),
            ["rateIgnoringStockouts"] = N(DemandRate.Of(units, new bool[units.Length], D(i["halfLife"]), 0, 0).PerDay),
            ["sevenDayMean"] = N(units.TakeLast(7).Average()),
        };
    }

    private static JsonObject Dispersion(JsonNode i)
    {
        var (units, closed) = Series(i);
        var dispersion = DemandDispersion.Of(units, closed, D(i["pool"]));
        return new() { ["raw"] = N(dispersion.Raw), ["n"] = dispersion.SaleDays, ["phi"] = N(dispersion.Phi) };
    }

    private static (double[] Units, bool[] Closed) Series(JsonNode i)
    {
        var units = Numbers(i["units"]);
        var closed = new bool[units.Length];
        foreach (var day in i["closed"]?.AsArray() ?? [])
        {
            closed[(int)D(day)] = true;
        }

        return (units, closed);
    }

    private static JsonObject Reorder(JsonNode i)
    {
        var point = ReorderPoint.Of(D(i["r"]), (D(i["m"]), D(i["s"])), D(i["phi"]), D(i["review"]), D(i["fill"]), D(i["cover"]));
        var (demand, level) = (point.Demand, point.Level);
        return new()
        {
            ["mu"] = N(demand.Mean),
            ["variance"] = N(demand.Variance),
            ["n"] = N(demand.Size),
            ["p"] = N(demand.Probability),
            ["reorderPoint"] = level,
            [$"loss{level}"] = N(demand.Loss(level)),
            [$"loss{level - 1}"] = N(demand.Loss(level - 1)),
            ["pAtLeast40"] = N(demand.AtLeast(40)),
            ["loss30"] = N(demand.Loss(30)),
        };
    }

    private static JsonObject Order(JsonNode i)
    {
        var order = ReorderPoint.Order(D(i["position"]), (int)D(i["s"]), D(i["q"]), (int)D(i["pack"]));
        return new() { ["need"] = order.Need, ["order"] = order.Order };
    }

    private static JsonObject LeadTime(JsonNode i)
    {
        var received = Numbers(i["received"]);
        var weight = i["poolWeightEach"] is { } each ? D(each) : 0;
        var own = received.Select(d => new LeadTimeSample(d, true)).ToList();
        var all = own.Concat(Numbers(i["open"]).Select(d => new LeadTimeSample(d, false)))
            .Concat(Numbers(i["pool"]).Select(d => new LeadTimeSample(d, true, weight)));
        var (curve, only) = (LeadTimeCurve.Of(all)!, LeadTimeCurve.Of(own)!);
        return new()
        {
            ["q50"] = N(curve.Quantile(0.5)), ["q90"] = N(curve.Quantile(0.9)), ["mean"] = N(curve.Mean), ["deviation"] = N(curve.Deviation),
            ["curve"] = new JsonArray([.. curve.Points.Select(p => (JsonNode)new JsonArray(N(p.Days), N(p.Share)))]),
            ["receivedOnly"] = new JsonArray(N(only.Quantile(0.5)), N(only.Quantile(0.9))),
        };
    }

    private static JsonArray Cover(JsonNode i) => new([.. i.AsArray().Select(c =>
    {
        var cover = DaysOfCover.Of((int)D(c![0]), D(c[1]), D(c[2]));
        return (JsonNode)new JsonArray(cover.P10, cover.P50, cover.P90);
    })]);

    private static JsonObject Lost(JsonNode i)
    {
        var demand = NegativeBinomial.OfLeadTime(D(i["r"]), D(i["m"]) + D(i["review"]), D(i["s"]), D(i["phi"]));
        return new() { ["pRunOut"] = N(demand.AtLeast((int)D(i["available"]))), ["lostUnits"] = N(demand.Loss((int)D(i["available"]))) };
    }

    private static JsonArray Detector(JsonNode i)
    {
        var detector = new ChangeDetector([.. Numbers(i["r"])]);
        return List(Numbers(i["c"]).Zip(Numbers(i["e"]), detector.Step));
    }

    private static JsonArray Cusum(JsonNode i)
    {
        var (sum, ratio) = (0.0, D(i["r"]));
        return List(Numbers(i["c"]).Zip(Numbers(i["e"]), (c, e) => sum = CountEvidence.Cusum(sum, c, e, ratio)));
    }

    private static JsonObject Late(JsonNode i)
    {
        var rows = i["x"]!.AsArray().Select(Numbers).ToList();
        var model = RidgeLogistic.Fit(rows, [.. Numbers(i["y"]).Select(y => y > 0)], D(i["l2"]));
        return new() { ["b"] = List(model.Weights), ["p"] = List(rows.Select(r => model.Chance(r))) };
    }

    private static JsonObject AdLimit(JsonNode i)
    {
        var ad = AdEconomics.Of(
            D(i["price"]), D(i["cost"]), D(i["fees"]), D(i["shipping"]), D(i["returnRate"]), D(i["lostGoods"]), D(i["returnShipping"]), D(i["keep"]));
        return new() { ["contribution"] = N(ad.Contribution), ["afterReturns"] = N(ad.AfterReturns), ["limit"] = N(ad.Limit) };
    }

    private static JsonObject Station(JsonNode i)
    {
        var (errors, picks) = (D(i["errors"]), D(i["picks"]));
        var (expected, ratio) = CountEvidence.AgainstOthers(errors, picks, D(i["shopErrors"]), D(i["shopPicks"]));
        return new()
        {
            ["expected"] = N(expected),
            ["ratio"] = N(ratio),
            ["evidence"] = N(CountEvidence.KnownChange(errors, expected, ChangeDetector.RateRatios.AsSpan())),
        };
    }

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(D)];

    private static double D(JsonNode? number) => number!.GetValue<JsonElement>().GetDouble();

    private static JsonNode N(double number) => Math.Round(number, 6);

    private static JsonArray List(IEnumerable<double> numbers) => new([.. numbers.Select(N)]);
}
