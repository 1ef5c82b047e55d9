using System.Diagnostics;

namespace OpsChat.Benchmarks;

/// <summary>
/// <c>-- fuzz --minutes N [--count M]</c>: runs the fuzz tests over and over, each time with other inputs and many more of them than CI does. Names
/// the seed of a run that fails, with which it fails again; ends with 1 then.
/// </summary>
static class FuzzCommand
{
    private const int FirstSeed = 1;

    public static async Task<int> RunAsync(Flags flags)
    {
        var (minutes, count) = (flags.Number("minutes", 10), (int)flags.Number("count", 3000));
        var begun = Stopwatch.GetTimestamp();
        var seed = FirstSeed;
        for (; Stopwatch.GetElapsedTime(begun).TotalMinutes < minutes; seed++)
        {
            if (await RunOnceAsync(seed, count) != 0)
            {
                Console.WriteLine(
                    $"It fails again with: OPSCHAT_FUZZ={count} OPSCHAT_FUZZ_SEED={seed} dotnet test tests/OpsChat.Tests --filter "
                        + "FullyQualifiedName~Fuzz"
                );
                return 1;
            }
        }

        Console.WriteLine(
            $"{seed - FirstSeed} runs with {count:N0} inputs for each test in {Stopwatch.GetElapsedTime(begun).TotalMinutes:0.0} minutes: "
                + "nothing broke."
        );
        return 0;
    }

    private static async Task<int> RunOnceAsync(int seed, int count)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["test", "tests/OpsChat.Tests", "--nologo", "--verbosity", "quiet", "--filter", "FullyQualifiedName~Fuzz"]
        )
        {
            UseShellExecute = false,
        };
        start.Environment["OPSCHAT_FUZZ"] = $"{count}";
        start.Environment["OPSCHAT_FUZZ_SEED"] = $"{seed}";
        using var run = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        await run.WaitForExitAsync();
        return run.ExitCode;
    }
}
