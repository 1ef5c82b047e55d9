using OpsChat.Benchmarks;

// One figure at a time, named by the first argument.
switch (args)
{
    case ["report", .. var more]:
        await ReportTimes.RunAsync(more.ElementAtOrDefault(0) ?? "playbooks", int.Parse(more.ElementAtOrDefault(1) ?? "1000000", System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["money", var dataFolder]:
        MoneyFigures.Run(dataFolder);
        return 0;
    default:
        Console.Error.WriteLine("Name a figure: report [PLAYBOOKS [OUTCOMES]], or money DATA.");
        return 1;
}
