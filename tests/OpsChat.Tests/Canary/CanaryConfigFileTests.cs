using OpsChat.Agent;
using OpsChat.Canary;

namespace OpsChat.Tests.Canary;

public sealed class The_canary_configuration_file : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("canary").FullName;

    private string FilePath => Path.Combine(_folder, "canary.config.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void is_written_with_the_defaults_when_there_is_none()
    {
        var file = CanaryConfigFile.Open(FilePath);

        file.Current.Config.Should().Be(new CanaryConfig());
        CanaryConfigFile.Check(FilePath).Should().BeEmpty();
    }

    [Fact]
    public void that_is_broken_from_the_start_answers_nobody_unless_a_last_good_one_is_known()
    {
        File.WriteAllText(FilePath, "{");

        CanaryConfigFile.Open(FilePath).Current.Config.Percentage.Should().Be(0);
        CanaryConfigFile.Open(FilePath, new CanaryConfig { Percentage = 25 }).Current.Config.Percentage.Should().Be(25);
    }

    [Fact]
    public void takes_effect_when_it_is_edited()
    {
        var file = CanaryConfigFile.Open(FilePath);
        Edit(new CanaryConfig { Percentage = 25 });

        file.Reload().Should().BeOfType<CanaryReload.Swapped>().Which.Now.Config.Percentage.Should().Be(25);

        file.Current.Config.Percentage.Should().Be(25);
        file.Reload().Should().BeOfType<CanaryReload.Unchanged>();
    }

    [Theory]
    [InlineData("{ \"percentage\": 25 }")]
    [InlineData(null)]
    public void keeps_the_last_good_configuration_when_it_breaks_or_goes(string? content)
    {
        var file = CanaryConfigFile.Open(FilePath);
        if (content is null)
        {
            File.Delete(FilePath);
        }
        else
        {
            File.WriteAllText(FilePath, content);
        }

        file.Reload().Should().BeOfType<CanaryReload.Kept>().Which.Findings.Should().NotBeEmpty();

        file.Current.Config.Percentage.Should().Be(10);
        file.Findings.Should().NotBeEmpty();
        file.Reload().Should().BeOfType<CanaryReload.Unchanged>("a problem is reported once");
    }

    [Fact]
    public void is_changed_by_a_command_whole_and_at_once()
    {
        var file = CanaryConfigFile.Open(FilePath);

        var change = file.Change(file.Current.Fingerprint, file.Current.Config.With(null, 25));

        change.Should().BeOfType<CanaryChange.Written>();
        file.Current.Config.Percentage.Should().Be(25);
        CanaryConfigFile.Open(FilePath).Current.Should().Be(file.Current);
        Directory.GetFiles(_folder).Should().HaveCount(1);
        file.Reload().Should().BeOfType<CanaryReload.Unchanged>();
    }

    [Fact]
    public void is_not_overwritten_by_a_command_that_was_based_on_other_content()
    {
        var file = CanaryConfigFile.Open(FilePath);
        Edit(new CanaryConfig { Percentage = 5 });

        var change = file.Change(file.Current.Fingerprint, file.Current.Config.With(null, 50));

        change.Should().BeOfType<CanaryChange.Conflict>().Which.OnDisk!.Config.Percentage.Should().Be(5);
        CanaryConfigFile.Open(FilePath).Current.Config.Percentage.Should().Be(5);
    }

    [Fact]
    public void refuses_a_command_that_is_out_of_range()
    {
        var file = CanaryConfigFile.Open(FilePath);

        file.Change(file.Current.Fingerprint, file.Current.Config.With(null, 250)).Should().BeOfType<CanaryChange.Refused>();

        file.Current.Config.Percentage.Should().Be(10);
    }

    [Fact]
    public void that_another_program_holds_stays_in_force_and_is_taken_up_when_it_is_let_go()
    {
        var file = CanaryConfigFile.Open(FilePath);
        Edit(new CanaryConfig { Percentage = 25 });
        using (new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            file.Reload()
                .Should()
                .BeOfType<CanaryReload.Kept>()
                .Which.Findings.Should()
                .ContainSingle()
                .Which.Problem.Should()
                .StartWith("The file cannot be read");
            file.Reload().Should().BeOfType<CanaryReload.Unchanged>("a problem is reported once");
            file.Change(file.Current.Fingerprint, file.Current.Config.With(null, 50))
                .Should()
                .BeOfType<CanaryChange.Conflict>()
                .Which.OnDisk.Should()
                .BeNull();
            CanaryConfigFile
                .Open(FilePath, new CanaryConfig { Percentage = 5 })
                .Current.Config.Percentage.Should()
                .Be(5, "the last good one is in force at a start");
        }

        file.Reload().Should().BeOfType<CanaryReload.Swapped>().Which.Now.Config.Percentage.Should().Be(25);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void that_the_disk_does_not_take_is_refused_with_a_sentence_and_stays(bool isHeld)
    {
        var file = CanaryConfigFile.Open(FilePath);
        // Permissions do not hold for root. What stands in the way of the file that is written first is refused to everybody, in either of two ways.
        using var held = isHeld ? new FileStream(FilePath + ".new", FileMode.Create, FileAccess.Write, FileShare.None) : null;
        if (!isHeld)
        {
            Directory.CreateDirectory(FilePath + ".new");
        }

        file.Change(file.Current.Fingerprint, file.Current.Config.With(null, 50)).Should().BeOfType<CanaryChange.Refused>()
            .Which.Findings.Should().ContainSingle().Which.Problem.Should().StartWith("The file cannot be written");

        file.Current.Config.Percentage.Should().Be(10);
        CanaryConfigFile.Check(FilePath).Should().BeEmpty();
    }

    private void Edit(CanaryConfig config) => File.WriteAllBytes(FilePath, CanaryConfigText.Write(config));
}
