using System.Globalization;
using OpsChat.Benchmarks;
using OpsChat.Benchmarks.Attack;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Benchmarks.Learn;
using OpsChat.Benchmarks.Load;

// One figure at a time, named by the first argument; run in the repository's folder.
switch (args)
{
    case ["understanding", var folder, .. var sets]:
        UnderstandingFigures.Print(folder, sets);
        return 0;
    case ["money", "--files", .. var files]:
        MoneyFigures.RunFiles(files);
        return 0;
    case ["money", var folder]:
        MoneyFigures.Run(folder);
        return 0;
    case ["wishes"]:
        await WishFigures.RunAsync(Directory.GetCurrentDirectory());
        return 0;
    case ["pipeline", "compare"]:
        await PipelineFigures.CompareAsync(Directory.GetCurrentDirectory(), messages: 5_000);
        return 0;
    case ["pipeline", .. var flags]:
        await PipelineFigures.PrintAsync(Directory.GetCurrentDirectory(), messages: 10_000, flags is ["--encoder"]);
        return 0;
    case ["telegram", .. var more]:
        await TelegramLoad.RunAsync(
            Path.GetFullPath("playbooks"),
            customers: more is ["--customers", var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 200
        );
        return 0;
    case ["report", .. var more]:
        await ReportTimes.RunAsync(
            more.ElementAtOrDefault(0) ?? "playbooks",
            int.Parse(more.ElementAtOrDefault(1) ?? "1000000", CultureInfo.InvariantCulture)
        );
        return 0;
    case ["chaos", .. var flags]:
        return await ChaosCommand.RunAsync(new(flags));
    case ["attack", .. var flags]:
        return await AttackCommand.RunAsync(new(flags));
    case ["soak", .. var flags]:
        return await SoakCommand.RunAsync(new(flags));
    case ["fuzz", .. var flags]:
        return await FuzzCommand.RunAsync(new(flags));
    case ["start", .. var flags]:
        return await StartCommand.RunAsync(new(flags));
    case ["forget", .. var flags]:
        return await ForgetCommand.RunAsync(new(flags));
    case ["console", .. var flags]:
        return await InboxCommand.RunAsync(new(flags));
    case ["learn", .. var flags] when new Flags(flags) is var learn && learn.Words("data") is { } data:
        return await LearnCommand.RunAsync(learn, data, learn.Words("set") ?? "bitext");
    case ["hosts", .. var flags]:
        return await HostsCommand.RunAsync(new(flags));
    case ["operations", var folder, .. var day]:
        await OperationsFigures.RunAsync(folder, day is [var text] ? DateOnly.Parse(text, CultureInfo.InvariantCulture) : null);
        return 0;
    case ["load", .. var flags]:
        return await LoadCommand.RunAsync(new(flags));
    default:
        await Console.Error.WriteLineAsync(
            """
            Say what to measure:
              understanding FOLDER [set ...]   FOLDER/messages holds NAME-train.csv and NAME-test.csv
              money FOLDER                     FOLDER/gate holds gate-dev.csv
              money --files FILE ...           the same for files with the columns text, financial, lang; and what was read wrongly
              wishes                           learns the wish model anew from its examples, and how well it catches others
              pipeline                         messages a second, memory, time to the first answer
              pipeline compare                 the same without and with the sentence encoder
              telegram [--customers N]         throughput and p99 against the local Bot API server
              chaos --minutes N --seed S [--kills K]   kills the host at random instants and looks from outside
              attack --minutes N --seed S      attackers of every kind against the host, looked at from outside
              fuzz --minutes N [--count M]     the fuzz tests with ever other inputs
              soak --minutes N                 memory and file handles under mixed load
              load [--seconds N]               the highest steady rate, and what happens at three times that
              hosts [--most N] [--seconds N] [--latency MS] [--in-flight N]
                                               messages a second of 1, 2, 3 hosts on one PostgreSQL, beside a model that takes its time
              start [--conversations N] [--waiting M]   from the start to the first answer, with a large store and messages that a crash left
              forget [--conversations N]       how long forgetting a customer takes on a large store, and what others notice of it
              console [--conversations N] [--open M]
                                               the inbox, searches, a conversation and 20 open consoles on a large store
              learn --data FOLDER [--set NAME] [--seed S] [--customers N] [--encoder 1]
                                               what a shop learns of its staff's answers; FOLDER holds NAME-*.csv
              operations FOLDER [DAY]          reading a shop's folder, one look of all monitors, the briefing
              report [PLAYBOOKS [OUTCOMES]]    time of a report over a million outcomes
            """);
        return 1;
}
