using OpsChat.Benchmarks;

switch (args)
{
    case ["understanding", var folder, .. var sets]:
        UnderstandingFigures.Print(folder, sets);
        return 0;
    case ["money", var folder]:
        MoneyFigures.Run(folder);
        return 0;
    default:
        Console.Error.WriteLine("Say what to measure: -- understanding FOLDER [set ...] (FOLDER/messages holds NAME-train.csv and NAME-test.csv), or -- money FOLDER.");
        return 1;
}
