using OpsChat.Benchmarks;

if (args is ["understanding", var folder, .. var sets])
{
    UnderstandingFigures.Print(folder, sets);
    return 0;
}

Console.Error.WriteLine("Say what to measure: -- understanding FOLDER [set ...], where FOLDER/messages holds NAME-train.csv and NAME-test.csv.");
return 1;
