using OpsChat.Operations.Actions;

namespace OpsChat.Agent;

/// <summary><c>operations.config.json</c> as a form. Pure.</summary>
static class OperationsForm
{
    private static readonly string[] s_levels = [.. Enum.GetNames<LaneAutonomy>().Select(name => name.ToLowerInvariant())];

    public static IReadOnlyList<FormGroup> Of(string json)
    {
        var the = new JsonFields(json);
        return
        [
            new(
                "The day",
                "",
                [
                    the.Text("/time", "Briefing at", "in the shop's time, such as 07:30"),
                    the.Must("/currency", "Currency", FieldShape.Text, "that alerts are ranked in, such as MYR"),
                    the.Text("/quiet/from", "Quiet from", "only urgent news goes out from then on, such as 22:00"),
                    the.Text("/quiet/to", "Quiet until", "such as 07:00"),
                    the.Field("/people", "Show packers by their ids", FieldShape.Flag, ""),
                ]
            ),
            new(
                "Hand-offs",
                "Who does what: what the agent does by itself, what a person does, and when the person is called. "
                    + "The condition is written as in a playbook, such as order.total > 800.",
                [],
                the.Items(
                    "/handOffs",
                    "Hand-off",
                    row =>
                        [
                            the.Must($"{row}/function", "Function", FieldShape.Text, ""),
                            the.Must($"{row}/agent", "What the agent does", FieldShape.Long, ""),
                            the.Must($"{row}/person", "What a person does", FieldShape.Long, ""),
                            the.Must($"{row}/trigger", "A person is called when", FieldShape.Text, ""),
                        ]
                ),
                "/handOffs"
            ),
            new(
                "Lanes",
                "How far the agent goes with a kind of action: an area and an action, such as stock/purchase-order. "
                    + "What commits money never goes beyond approve.",
                [],
                the.Members("/lanes", lane => Lane(the, lane)),
                "/lanes",
                NewNeedsName: true
            ),
            new(
                "Routes",
                "Who gets an alert: the first row whose condition holds. It may ask for monitor, score, carrier, supplier and sku.",
                [],
                the.Items(
                    "/routes",
                    "Route",
                    row =>
                        [
                            the.Must($"{row}/when", "When", FieldShape.Text, "such as monitor = order-stuck"),
                            the.Must($"{row}/to", "To", FieldShape.Text, "such as warehouse"),
                        ]
                ),
                "/routes"
            ),
            new(
                "Purchases",
                "",
                [
                    the.Number("/purchase/confirmOver", "Confirm above", "amount from which a purchase needs a second look"),
                    the.Number("/purchase/review", "Days between two looks", "0 to 30"),
                    the.Number("/purchase/cover", "Days that one order should last", "1 to 365"),
                    the.Number("/purchase/fill", "Share of asked pieces to be served", "0.5 to 0.999"),
                    the.Number("/purchase/newSkuFill", "The same for an article younger than 56 days", "0.5 to 0.999"),
                ]
            ),
            new(
                "Stock",
                "",
                [
                    the.Number("/stock/safetyShare", "Low below this share of the reorder point", "0 to 1"),
                    the.Number("/stock/halfLife", "Days after which a day of sales counts half", "3 to 180"),
                ]
            ),
            new(
                "Orders and parcels",
                "",
                [
                    the.Number("/orders/highValue", "High value from", "order total from which a person looks"),
                    the.Text("/orders/shipWithin", "Leaves within", "days or hours, such as 2d or 48h"),
                    the.Text("/orders/firstScanWithin", "First scan within", "such as 48h"),
                    the.Text("/orders/quietScan/domestic", "Stalled after, at home", "such as 3d"),
                    the.Text("/orders/quietScan/abroad", "Stalled after, abroad", "such as 5d"),
                ]
            ),
            new(
                "Advertising",
                "",
                [
                    the.Number("/ads/keepOfMargin", "Share of the margin that ads may not take", "0 to 0.95"),
                    the.Number("/ads/confidence", "Chance from which an ad counts as too dear", "0.5 to 0.999"),
                    the.Number("/ads/jump", "Times the usual spend that are a jump", "1.1 to 100"),
                    the.Number("/ads/feeShare", "Share of the price that payment and marketplace take", "0 to 0.5"),
                    the.Number("/ads/sending", "What sending one order costs you", "amount"),
                ]
            ),
            new(
                "Alarm lines",
                "A false alarm in at most one of that many steps: a larger number alarms later and more surely.",
                [
                    the.Number("/alarms/returns", "Returns", "10 to 10,000,000"),
                    the.Number("/alarms/returnsByReason", "Returns by reason", ""),
                    the.Number("/alarms/knownChange", "After a change that is known", ""),
                    the.Number("/alarms/station", "Packing stations", ""),
                    the.Number("/alarms/carrier", "Carriers", ""),
                ]
            ),
            new(
                "What trouble costs",
                "Your own guesses, by which the money at risk is reckoned.",
                [
                    the.Number("/costs/contact", "Answering one customer", "amount"),
                    the.Number("/costs/reship", "Sending one parcel again", "amount"),
                    the.Number("/costs/lostParcelShare", "Share of stalled parcels that never come", "0 to 1"),
                    the.Number("/costs/cancelShare", "Share of stuck orders that are cancelled", "0 to 1"),
                    the.Number("/costs/minutes", "Minutes you would have looked for one alert", "0 to 600"),
                ]
            ),
            new(
                "Switched off",
                "Monitors that do not look.",
                [],
                the.Items("/off", "Monitor", row => [the.Must($"{row}/monitor", "Monitor", FieldShape.Text, "such as ad-too-dear")]),
                "/off"
            ),
        ];
    }

    /// <summary>Limits are asked for where the lane acts by itself, and where they stand already.</summary>
    private static List<FormField> Lane(JsonFields the, string lane)
    {
        var autonomy = the.Must($"{lane}/autonomy", "Goes as far as", FieldShape.Choice, "", s_levels);
        FormField[] limits =
        [
            the.Number($"{lane}/perAct", "At most an act", "amount"),
            the.Number($"{lane}/perDay", "At most a day", "amount"),
            the.Number($"{lane}/acts", "Acts a day", "1 to 1,000"),
            the.Text($"{lane}/hours", "Hours", "such as 08:00-20:00"),
        ];
        return [autonomy, .. limits.Where(limit => autonomy.Value == "act" || limit.Line > 0)];
    }
}

/// <summary><c>canary.config.json</c> as a form. Pure.</summary>
static class CanaryForm
{
    public static IReadOnlyList<FormGroup> Of(string json)
    {
        var the = new JsonFields(json);
        FormField Number(string path, string label, string hint) => the.Must(path, label, FieldShape.Number, hint);
        return
        [
            new(
                "Whom the agent answers by itself",
                "",
                [
                    Number("/percentage", "Percent of customers", "0 to 100"),
                    the.Must("/stages", "Stages to climb through", FieldShape.Numbers, "ascending percentages, such as 10, 25, 50, 100"),
                    Number("/holdout", "Share that always stays with people", "0 to 0.5"),
                    the.Must("/promote", "Climb when the evidence allows", FieldShape.Choice, "", "ask", "auto", "never"),
                    the.Must("/rollback", "Step back when the evidence demands", FieldShape.Choice, "", "auto", "ask"),
                ]
            ),
            new(
                "Evidence",
                "",
                [
                    Number("/errorBudget", "Share of wrong cases that you accept", "0.001 to 0.3"),
                    Number("/significance", "Chance of a false alarm that you accept", "0.001 to 0.2"),
                    Number("/minimumScored", "Fewest judged cases before a step up", "1 to 10,000"),
                    Number("/spotCheck", "Share of sent answers drawn for a look", "0 to 1"),
                    the.Must("/campaign", "A sale is on: draw at least 30 %", FieldShape.Flag, ""),
                    the.Must("/salt", "Salt", FieldShape.Text, "another one draws other customers"),
                ]
            ),
            new(
                "Playbooks with a percentage of their own",
                "By the playbook's name, such as late-parcel.",
                [],
                the.Members("/playbooks", playbook => Own(the, playbook)),
                "/playbooks",
                NewNeedsName: true
            ),
            new(
                "Answers whose playbook a model chose",
                "",
                [
                    the.Number("/readByModel/percentage", "Percent of customers", "empty: the first stage"),
                    the.Field("/readByModel/stages", "Stages of its own", FieldShape.Numbers, "empty: those of the whole"),
                ]
            ),
        ];
    }

    private static List<FormField> Own(JsonFields the, string playbook) =>
        [
            the.Must($"{playbook}/percentage", "Percent of customers", FieldShape.Number, "0 to 100"),
            the.Field($"{playbook}/stages", "Stages of its own", FieldShape.Numbers, "empty: those of the whole"),
        ];
}
