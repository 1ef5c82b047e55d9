using System.Diagnostics;
using OpsChat.Host.Web;

namespace OpsChat.Tests.Web;

public class The_lines_that_start_it
{
    [Fact]
    public void on_the_owners_files_hold_a_path_whatever_is_in_it()
    {
        var lines = new StartLines("/", "printf '%s|%s %s' \"$OpsChat__Shop\"").Shell("/a $x/Siti's \"shop\"");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", lines])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;

        shell.StandardOutput.ReadToEnd().Should().Be("/a $x/Siti's \"shop\"|--data my-shop");
        new StartLines(@"C:\OpsChat", "dotnet run --project src/OpsChat.Host --").PowerShell(@"C:\Siti's shop").Split('\n').Should().Equal(
            @"cd 'C:\OpsChat'", @"$env:OpsChat__Shop = 'C:\Siti''s shop'", "dotnet run --project src/OpsChat.Host -- --data my-shop");
    }

    [Fact]
    public void name_the_folder_of_a_checkout_from_which_dotnet_run_works() =>
        File.Exists(Path.Combine(StartLines.OfThisProgram().Folder, "src", "OpsChat.Host", "OpsChat.Host.csproj")).Should().BeTrue();
}
