using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OpsChat.Tests.Support;

/// <summary>A real OpenAI- and Anthropic-compatible server in a process of its own: @copilotkit/aimock from tests/node_modules.</summary>
public sealed partial class ModelServer : IAsyncLifetime
{
    private Process? _process;

    /// <summary>Where the installed program is, or null when it is not installed.</summary>
    public static string? Program { get; } = Find();

    /// <summary>Without <c>/v1</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public async Task InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }
        var fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures", "aimock", "answers.json");
        _process = Process.Start(
            new ProcessStartInfo("node", [Program, "-p", "0", "-f", fixtures])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
            {
                Address = new(found.Value);
                // Read on, or the server stands still when the pipe is full.
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return;
            }
        }
        throw new InvalidOperationException(
            $"aimock ended with {_process.ExitCode} before it listened. Run it by hand: node {Program} -f {fixtures}"
        );
    }

    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
        }
        _process?.Dispose();
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "tests", "node_modules", "@copilotkit", "aimock", "dist", "cli.js");
            if (File.Exists(program))
            {
                return program;
            }
        }
        return null;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}

/// <summary>A theory that needs the model server; skipped with a reason when it is not installed.</summary>
public sealed class ModelServerTheoryAttribute : TheoryAttribute
{
    public ModelServerTheoryAttribute() =>
        Skip = ModelServer.Program is null ? "@copilotkit/aimock is not installed; tests/run.sh installs it (npm install in tests/)." : null;
}
