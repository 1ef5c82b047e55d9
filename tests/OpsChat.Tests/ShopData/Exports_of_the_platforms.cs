using OpsChat.ShopData;
using OpsChat.Tests.Facts;

namespace OpsChat.Tests.ShopData;

/// <summary>
/// Folders of exports as the platforms write them, with their traps, under <c>Fixtures/Exports </c>. Beside each stands what has to be
/// read from it and
/// what is refused, written down from the rows by hand. All rows are invented.
/// </summary>
public class Exports_of_the_platforms
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 28, 10, 0, 0, TimeSpan.FromHours(8));

    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Fixtures", "Exports");

    [Theory]
    [MemberData(nameof(Folders))]
    public void say_what_stands_in_them_and_nothing_else(string folder)
    {
        var settings = new ShopFolderSettings(ShopFolderOnDisk.KualaLumpur, "MYR", null, "https://kain.example");

        ReadOut
            .Of(Path.Combine(Root, folder), settings, s_now)
            .Should()
            .Be(File.ReadAllText(Path.Combine(Root, folder + ".read")).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void are_of_every_platform_that_the_documents_name() => Folders.Should().HaveCountGreaterThanOrEqualTo(15);
}
