namespace OpsChat.Tests.Playbooks;

public class A_variant
{
    [Theory]
    [InlineData("ms-MY", "ms")]
    [InlineData("ms-MY", "ms-SG")]
    [InlineData("zh-TW", "zh")]
    [InlineData("id-ID", "ms")]
    public void of_a_region_serves_its_language(string heading, string language) =>
        A.Playbook(A.PlaybookText(reply: $"Hello.\n\n### {heading}\nHai.")).StandardReply.For(language).Source.Should().Be("Hai.");
}
