using System.Runtime.InteropServices;
using OpsChat.Agent;

namespace OpsChat.Host;

/// <summary>
/// Memory that is not .NET's own: SQLite's pages and statements, and what the compiler needs while it works. glibc gives busy threads heaps of their
/// own, up to eight a processor, and keeps what was freed in each. Reads run on whichever thread is free, so that in time each of those
/// heaps holds what the busiest moment needed. Here there are few of them, and once a minute what is free goes back to the system.
/// </summary>
sealed class NativeMemory(TimeProvider time, ILogger<NativeMemory> log) : PeriodicService(TimeSpan.FromMinutes(1), time, log)
{
    // mallopt(3): M_ARENA_MAX of malloc.h.
    private const int MostHeaps = -8;

    protected override string WhenItFails => "Free memory could not be given back";

    /// <summary>Limits the heaps to one a processor, two at least. To be called first: heaps that are there already stay.</summary>
    public static void LimitHeaps() => IfThere(() => mallopt(MostHeaps, Math.Max(2, Environment.ProcessorCount)));

    public override Task LookAsync(CancellationToken cancellationToken)
    {
        IfThere(() => malloc_trim(0));
        return Task.CompletedTask;
    }

    /// <summary>Other systems, and Linux with another C library (Alpine), have no such heaps.</summary>
    private static void IfThere(Func<int> call)
    {
        try
        {
            _ = OperatingSystem.IsLinux() ? call() : 0;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
        }
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mallopt(int parameter, int value);

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int malloc_trim(nuint pad);
}
