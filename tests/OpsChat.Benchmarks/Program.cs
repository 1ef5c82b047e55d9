using OpsChat.Benchmarks;

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
        await TelegramLoad.RunAsync(Path.GetFullPath("playbooks"), customers: more is ["--customers", var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 200);
        return 0;
    default:
        Console.Error.WriteLine("Say what to measure: -- understanding FOLDER [set ...] (FOLDER/messages holds NAME-train.csv and NAME-test.csv), -- money FOLDER, -- pipeline, or -- telegram [--customers N] (both in the repository's folder).");
        return 1;
}
