using OpsChat.Benchmarks;

switch (args)
{
    case ["report", .. var more]:
        await ReportTimes.RunAsync(more.ElementAtOrDefault(0) ?? "playbooks", int.Parse(more.ElementAtOrDefault(1) ?? "1000000", System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["understanding", var folder, .. var sets]:
        UnderstandingFigures.Print(folder, sets);
        return 0;
    case ["money", var folder]:
        MoneyFigures.Run(folder);
        return 0;
    default:
        Console.Error.WriteLine("Say what to measure: -- report [PLAYBOOKS [OUTCOMES]], -- understanding FOLDER [set ...] (FOLDER/messages holds NAME-train.csv and NAME-test.csv), or -- money FOLDER.");
        return 1;
}
