using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace OpsChat.Tests.Text;

public class A_change_of_a_json_text
{
    private const string Written = """
        {
          "time": "07:30",   "odd":   [1,2 ],
          "stock": { "safetyShare": 0.30 },
          "handOffs": [
            { "function": "orders", "trigger": "a > 1" },
            { "function": "support", "trigger": "b > 2" }
          ],
          "empty": {}
        }
        """;

    [Theory]
    [InlineData("/time", "\"08:00\"", "\"07:30\"", "\"08:00\"")]
    [InlineData("/stock/safetyShare", "0.5", "0.30", "0.5")]
    [InlineData("/stock/halfLife", "9", "0.30 }", "0.30, \"halfLife\": 9 }")]
    [InlineData("/handOffs/1/trigger", "\"é {\"", "b > 2", "é {")]
    [InlineData("/handOffs/2", "{}", "\"b > 2\" }", "\"b > 2\" },\n    {}")]
    [InlineData("/empty/a/b", "1", "\"empty\": {}", "\"empty\": { \"a\": { \"b\": 1 } }")]
    [InlineData("/a~1b", "1", "\"empty\": {}", "\"empty\": {},\n  \"a/b\": 1")]
    [InlineData("/handOffs/0", null, "{ \"function\": \"orders\", \"trigger\": \"a > 1\" },\n    ", "")]
    [InlineData("/handOffs/1", null, ",\n    { \"function\": \"support\", \"trigger\": \"b > 2\" }", "")]
    [InlineData("/stock/safetyShare", null, "{ \"safetyShare\": 0.30 }", "{  }")]
    [InlineData("/nothing/there", null, "x", "x")]
    public void leaves_every_other_character_as_it_is(string place, string? value, string before, string after)
    {
        JsonEdit.Set(Written, place, value).Should().Be(Written.Replace(before, after, StringComparison.Ordinal));
    }

    [Fact]
    public void is_read_back_whatever_it_says() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>(
                (name, text) =>
                {
                    // Half of a surrogate pair is no text.
                    var (key, said) = (Whole(name.Get), Whole(text.Get));
                    var at = $"/stock/{JsonEdit.Part(key)}";
                    var changed = JsonEdit.Set(Written, at, JsonEdit.Quoted(said));
                    return JsonEdit.Find(changed, at)?.Text == said
                        && JsonNode.Parse(changed)!["stock"]![key]!.GetValue<string>() == said
                        && JsonNode.DeepEquals(JsonNode.Parse(changed)!["handOffs"], JsonNode.Parse(Written)!["handOffs"]);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithReplay(20261129, 7));

    [Fact]
    public void says_where_a_value_stands()
    {
        var place = JsonEdit.Find(Written, "/handOffs/1/trigger")!;

        (place.Kind, place.Text, place.Line).Should().Be((JsonTokenType.String, "b > 2", 6));
        Written.Split('\n')[place.Line - 1][(place.Column - 1)..].Should().StartWith("\"b > 2\"");
    }

    private static string Whole(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
