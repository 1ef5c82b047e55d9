using System.Globalization;
using OpsChat.Benchmarks;

// One figure at a time, named by the first argument; run in the repository's folder.
switch (args)
{
    case ["understanding", var folder, .. var sets]:
        UnderstandingFigures.Print(folder, sets);
        return 0;
    case ["money", var folder]:
        MoneyFigures.Run(folder);
        return 0;
    case ["pipeline"]:
        await PipelineFigures.PrintAsync(Directory.GetCurrentDirectory(), messages: 10_000);
        return 0;
    case ["telegram", .. var more]:
        await TelegramLoad.RunAsync(Path.GetFullPath("playbooks"), customers: more is ["--customers", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 200, questions: 3);
        return 0;
    case ["report", .. var more]:
        await ReportTimes.RunAsync(more.ElementAtOrDefault(0) ?? "playbooks", int.Parse(more.ElementAtOrDefault(1) ?? "1000000", CultureInfo.InvariantCulture));
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            """
            Say what to measure:
              understanding FOLDER [set ...]   FOLDER/messages holds NAME-train.csv and NAME-test.csv
              money FOLDER                     FOLDER/gate holds gate-dev.csv
              pipeline                         messages a second, memory, time to the first answer
              telegram [--customers N]         throughput and p99 against the local Bot API server
              report [PLAYBOOKS [OUTCOMES]]    time of a report over a million outcomes
            """);
        return 1;
}
