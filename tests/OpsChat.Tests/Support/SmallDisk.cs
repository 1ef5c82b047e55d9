using System.Diagnostics;

namespace OpsChat.Tests.Support;

/// <summary>A file system of its own in memory, so small that it is soon full.</summary>
sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Whether this account may mount one.</summary>
    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && CanMount();

    public static SmallDisk Mount(string folder, string size)
    {
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder).Should().Be(0);
        return new(folder);
    }

    public static void Resize(string folder, string size) => Run("mount", "-o", $"remount,size={size}", folder).Should().Be(0);

    public void Dispose() => Run("umount", "-l", _folder);

    private static bool CanMount()
    {
        var folder = Directory.CreateTempSubdirectory("opschat-disk-").FullName;
        var can = Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) == 0 && Run("umount", folder) == 0;
        Directory.Delete(folder);
        return can;
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>Skipped where no file system may be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class LinuxRootFactAttribute : FactAttribute
{
    public LinuxRootFactAttribute() => Skip = SmallDisk.IsPossible ? null : "This account may not mount a file system.";
}
