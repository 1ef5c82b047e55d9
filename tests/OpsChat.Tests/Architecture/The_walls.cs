using System.Text.RegularExpressions;
using System.Xml.Linq;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Architecture;

/// <summary>Which project may use which, and which folder of the core. A new arrow has to be allowed here first.</summary>
public sealed partial class The_walls
{
    /// <summary>For each project all that it may use of ours, by itself or through another.</summary>
    private static readonly Dictionary<string, string[]> s_projects = new()
    {
        ["OpsChat"] = [],
        ["OpsChat.ShopData"] = ["OpsChat"],
        ["OpsChat.Models"] = ["OpsChat"],
        ["OpsChat.Storage"] = ["OpsChat"],
        ["OpsChat.Agent"] = ["OpsChat", "OpsChat.ShopData", "OpsChat.Models", "OpsChat.Storage"],
        ["OpsChat.Channels"] = ["OpsChat", "OpsChat.ShopData", "OpsChat.Models", "OpsChat.Storage", "OpsChat.Agent"],
        ["OpsChat.Host"] = ["OpsChat", "OpsChat.ShopData", "OpsChat.Models", "OpsChat.Storage", "OpsChat.Agent", "OpsChat.Channels"],
    };

    /// <summary>What the core decides with; no file, database, host or network among it.</summary>
    private static readonly string[] s_packagesOfTheCore = ["Markdig", "Scriban.Signed", "YamlDotNet"];

    /// <summary>Still reads the owner's prompt files by itself.</summary>
    private static readonly string s_readerOfPrompts = Path.Combine("Drafting", "Prompts", "PromptSet.cs");

    /// <summary>The core's folders; each may use those before it. What stands beside the folders is used by all and uses none.</summary>
    private static readonly string[] s_folders =
    [
        "",
        "Text",
        "Understanding",
        "Facts",
        "Playbooks",
        "Messages",
        "Drafting",
        "Canary",
        "Decisions",
        "Approvals",
        "Learning",
        "Audit",
        "Operations",
    ];

    /// <summary>The host's folders, in the same way. <c>Program.cs</c> puts all together.</summary>
    private static readonly string[] s_foldersOfTheHost = ["", "Operations", "Web", "Commands"];

    public static TheoryData<string> FoldersOfTheHost { get; } = [.. s_foldersOfTheHost];

    public static TheoryData<string> Projects { get; } = [.. s_projects.Keys];

    public static TheoryData<string> Folders { get; } = [.. s_folders];

    [Fact]
    public void stand_around_every_project_and_every_folder_of_the_core()
    {
        Directory
            .GetFiles(Source, "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .Should()
            .BeEquivalentTo(s_projects.Keys);
        Core().Select(file => file.Folder).Distinct().Should().BeSubsetOf(s_folders);
        Host().Select(file => file.Folder).Distinct().Should().BeSubsetOf(s_foldersOfTheHost);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void let_a_project_use_only_what_it_may(string project) =>
        References(project, "ProjectReference")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(used => used!.StartsWith("OpsChat", StringComparison.Ordinal))
            .Except(s_projects[project])
            .Except(["OpsChat.ModelBuilder"])
            .Should()
            .BeEmpty();

    [Fact]
    public void keep_packages_out_of_the_core() => References("OpsChat", "PackageReference").Should().BeSubsetOf(s_packagesOfTheCore);

    [Theory]
    [MemberData(nameof(Folders))]
    public void let_a_folder_of_the_core_use_only_those_before_it(string folder)
    {
        var allowed = s_folders.TakeWhile(earlier => earlier != folder).Append(folder).ToHashSet();
        var wrong = Core().Where(file => file.Folder == folder)
            .SelectMany(file => UsedBy(file.Text).Where(used => !allowed.Contains(used)).Select(used => $"{file.Path} uses {used}"));

        wrong.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(FoldersOfTheHost))]
    public void let_a_folder_of_the_host_use_only_those_before_it(string folder)
    {
        var allowed = s_foldersOfTheHost.TakeWhile(earlier => earlier != folder).Append(folder).ToHashSet();
        var wrong = Host().Where(file => file.Folder == folder)
            .SelectMany(file => UsedOfTheHost(file.Text).Where(used => !allowed.Contains(used)).Select(used => $"{file.Path} uses {used}"));

        wrong.Should().BeEmpty();
    }

    [Theory]
    [InlineData("using OpsChat.Host.Commands;\n", "Commands")]
    [InlineData("@using OpsChat.Host.Web.Inbox\n", "Web")]
    [InlineData("await OpsChat.Host.Commands.DoctorCommand.LookAsync()", "Commands")]
    [InlineData("Commands.VectorsCommand.Create()", "Commands")]
    [InlineData("using OpsChat.Channels.Web;\n", null)]
    [InlineData("options.Web.Port", null)]
    public void see_an_arrow_of_the_host_however_it_is_written(string source, string? folder) =>
        UsedOfTheHost(source).Should().BeEquivalentTo(folder is null ? [] : new[] { folder });

    [Fact]
    public void keep_the_core_from_disks_and_networks()
    {
        var wrong = Core()
            .Where(file => file.Path != s_readerOfPrompts && Outside().IsMatch(file.Text))
            .Select(file => $"{file.Path}: {Outside().Match(file.Text).Value}");

        wrong.Should().BeEmpty();
    }

    [Theory]
    [InlineData("using OpsChat.Canary;\n", "Canary")]
    [InlineData("var arm = Canary.Arm.Control;", "Canary")]
    [InlineData("var arm = OpsChat.Canary.Arm.Control;", "Canary")]
    [InlineData("/// <see cref=\"Canary.Arm\"/>", "Canary")]
    [InlineData("var first = report.Canary.Arm;", null)]
    public void see_an_arrow_however_it_is_written(string source, string? folder) =>
        UsedBy(source).Should().BeEquivalentTo(folder is null ? [] : new[] { folder });

    private static string Source => Path.Combine(Repository.Root, "src");

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument
            .Load(Path.Combine(Source, project, $"{project}.csproj"))
            .Descendants(kind)
            .Select(reference => (string)reference.Attribute("Include")!);

    private static IEnumerable<(string Path, string Folder, string Text)> Core() => Files("OpsChat", "*.cs");

    private static IEnumerable<(string Path, string Folder, string Text)> Host() =>
        Files("OpsChat.Host", "*.cs").Where(file => file.Path != "Program.cs").Concat(Files("OpsChat.Host", "*.razor"));

    private static IEnumerable<string> UsedOfTheHost(string source) =>
        OfTheHost().Matches(source).Select(m => m.Groups["folder"].Value).Where(s_foldersOfTheHost.Contains).Distinct();

    private static IEnumerable<(string Path, string Folder, string Text)> Files(string project, string pattern)
    {
        var root = Path.Combine(Source, project);
        return Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(root, path), Full: path))
            .Select(file =>
                (
                    file.Path,
                    file.Path.Contains(Path.DirectorySeparatorChar) ? file.Path.Split(Path.DirectorySeparatorChar)[0] : "",
                    file.Full
                )
            )
            .Where(file => file.Item2 is not ("bin" or "obj"))
            .Select(file => (file.Path, file.Item2, File.ReadAllText(file.Full)));
    }

    /// <summary>Folders whose namespace is opened, or whose types are named through it.</summary>
    private static IEnumerable<string> UsedBy(string source) =>
        Opened().Matches(source).Select(m => m.Groups["folder"].Value)
            .Concat(Qualified().Matches(source).Where(IsAType).Select(m => m.Groups["folder"].Value))
            .Distinct();

    private static bool IsAType(Match name) =>
        s_folders.Contains(name.Groups["folder"].Value)
        && typeof(Ids).Assembly.GetType($"OpsChat.{name.Groups["folder"]}.{name.Groups["type"]}") is not null;

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?OpsChat\.(?<folder>\w+)[\w.]*;", RegexOptions.Multiline)]
    private static partial Regex Opened();

    [GeneratedRegex(@"(?<![\w.])(?:OpsChat\.)?(?<folder>[A-Z]\w+)\.(?<type>[A-Z]\w+)")]
    private static partial Regex Qualified();

    /// <summary>A namespace that is opened or named in full, or a type through the end of one.</summary>
    [GeneratedRegex(@"(?<![\w.])(?:OpsChat\.Host\.|Host\.)(?<folder>[A-Z]\w+)|(?<![\w.])(?<folder>Commands|Web)\.[A-Z]\w+")]
    private static partial Regex OfTheHost();

    [GeneratedRegex(
        @"\b(?:File|Directory|FileInfo|DirectoryInfo)\.(?!Name)[A-Z]\w+\(|\bnew (?:FileStream|HttpClient)\b|\bSystem\.(?:Net\.Http|Data)\b"
            + @"|\bMicrosoft\.Extensions\b"
    )]
    private static partial Regex Outside();
}
