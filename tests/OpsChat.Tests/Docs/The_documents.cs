using System.Reflection;
using System.Text.RegularExpressions;
using OpsChat.Agent;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Docs;

/// <summary>The documents name tests as their witnesses; a witness that was renamed or never existed shows.</summary>
public sealed partial class The_documents
{
    private static readonly IReadOnlyList<Type> s_classes = [.. typeof(The_documents).Assembly.GetTypes().Where(t => t.IsPublic)];

    [Theory]
    [InlineData("security.md", 25)]
    [InlineData("reliability.md", 15)]
    public void name_only_tests_that_exist(string document, int atLeast)
    {
        var (missing, named, last) = (new List<string>(), 0, (Type?)null);
        foreach (
            var name in Quoted()
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", document)))
                .Select(m => m.Groups[1].Value)
                .Where(IsATest)
        )
        {
            named++;
            var parts = name.Split('/')[^1].Split('.', 2);
            // "…does_this" is another method of the class before it.
            last = parts[0].StartsWith('…') ? last : s_classes.FirstOrDefault(t => t.Name == parts[0]);
            var method = parts[0].StartsWith('…') ? parts[0] : parts.ElementAtOrDefault(1);
            if (last is null || (method is not null && !HasMethod(last, method)))
            {
                missing.Add(name);
            }
        }

        missing.Should().BeEmpty();
        named.Should().BeGreaterThanOrEqualTo(atLeast, "the test must see the names");
    }

    [Fact]
    public void name_the_limits_of_the_chat_over_HTTP_that_are_in_force()
    {
        var (limits, page) = (new MessageOptions(), File.ReadAllText(Path.Combine(Repository.Root, "docs", "webhook.md")));

        page.Should().Contain($"More than {limits.MostCharacters:N0} characters").And.Contain($"More than {limits.MostPerMinute} messages")
            .And.Contain($"{limits.MostWaiting} that wait to be decided").And.Contain($"After {limits.MostSignInsPerMinute} wrong ones")
            .And.Contain($"({limits.MostListening:N0}, of one address {limits.MostListeningOfAddress:N0})");
    }

    private static bool IsATest(string quoted) =>
        quoted.Contains('_') && !quoted.StartsWith("OpsChat__", StringComparison.Ordinal) && TestName().IsMatch(quoted);

    private static bool HasMethod(Type type, string name) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Any(m => Fits(m.Name, name));

    /// <summary>An ellipsis stands for any part that was left out.</summary>
    private static bool Fits(string method, string name) =>
        Regex.IsMatch(method, "^" + string.Join(".*", name.Split('…').Select(Regex.Escape)) + "$");

    [GeneratedRegex("`([^`\\s]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[\w/.…]+$")]
    private static partial Regex TestName();
}
