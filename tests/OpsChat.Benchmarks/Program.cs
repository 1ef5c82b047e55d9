using OpsChat.Benchmarks;
using OpsChat.Benchmarks.Chaos;
using OpsChat.Benchmarks.Load;

switch (args)
{
    case ["understanding", var folder, .. var sets]:
        UnderstandingFigures.Print(folder, sets);
        return 0;
    case ["money", var folder]:
        MoneyFigures.Run(folder);
        return 0;
    case ["chaos", .. var flags]:
        return await ChaosCommand.RunAsync(new(flags));
    case ["soak", .. var flags]:
        return await SoakCommand.RunAsync(new(flags));
    case ["load", .. var flags]:
        return await LoadCommand.RunAsync(new(flags));
    default:
        Console.Error.WriteLine("Say what to measure: -- understanding FOLDER [set ...] (FOLDER/messages holds NAME-train.csv and NAME-test.csv), -- money FOLDER, -- chaos --minutes N --seed S [--kills K], -- soak --minutes N, or -- load [--seconds N].");
        return 1;
}
