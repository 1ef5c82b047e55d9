using FsCheck;
using FsCheck.Fluent;

namespace OpsChat.Tests.Text;

public class A_line_diff
{
    [Fact]
    public void shows_what_was_put_in_the_place_of_what()
    {
        LineDiff.Between("a\nb\nc\n", "a\nB\nc\nd\n").Should().Equal(
            new DiffLine(LineChange.Kept, "a", 1, 1), new(LineChange.Removed, "b", 2, null), new(LineChange.Added, "B", null, 2),
            new(LineChange.Kept, "c", 3, 3), new(LineChange.Added, "d", null, 4));
    }

    [Fact]
    public void of_the_same_text_with_other_line_ends_shows_no_change() =>
        LineDiff.Between("a\r\nb\r\n", "a\nb\n").Should().OnlyContain(line => line.Change == LineChange.Kept);

    [Fact]
    public void shows_only_what_is_near_a_change()
    {
        var lines = LineDiff.Between(
            string.Join('\n', Enumerable.Range(1, 50)),
            string.Join('\n', Enumerable.Range(1, 50).Select(n => n == 25 ? 99 : n))
        );

        LineDiff.Near(lines, 2).Select(line => line.Text).Should().Equal("23", "24", "25", "99", "26", "27");
    }

    [Fact]
    public void gives_both_texts_back() => Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), (before, after) =>
    {
        var lines = LineDiff.Between(before, after);
        return Of(lines, LineChange.Added) == before && Of(lines, LineChange.Removed) == after;
    }).QuickCheckThrowOnFailure();

    private static Gen<string> Texts => Gen.Elements("a", "b", "c", "d").ListOf().Select(lines => string.Join('\n', lines));

    private static string Of(IReadOnlyList<DiffLine> lines, LineChange without) =>
        string.Join('\n', lines.Where(line => line.Change != without).Select(line => line.Text));
}
