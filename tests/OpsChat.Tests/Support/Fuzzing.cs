using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace OpsChat.Tests.Support;

/// <summary>
/// What the fuzz tests draw from. By default the same inputs in every run; OPSCHAT_FUZZ says how many inputs each test tries (default 300), and
/// OPSCHAT_FUZZ_SEED draws others. <c>-- fuzz --minutes N</c> of the benchmarks sets both.
/// </summary>
static class Fuzzing
{
    /// <summary>Inputs of each test.</summary>
    public static int Count { get; } = Number("OPSCHAT_FUZZ", 300);

    private static ulong Seed { get; } = (ulong)Number("OPSCHAT_FUZZ_SEED", 20261121);

    public static void Try<T>(Gen<T> inputs, Action<T> read) => Prop.ForAll(inputs.ToArbitrary(), input =>
    {
        read(input);
        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(Count).WithReplay(Seed, 7));

    /// <summary>Inputs for tests that cannot run inside a property.</summary>
    public static IReadOnlyList<T> Draw<T>(this Gen<T> inputs, int count) => [.. inputs.Sample(20, new Rnd(Seed), count)];

    /// <summary>Any characters, mostly those that mean something to the reader.</summary>
    public static Gen<string> Texts(string telling) =>
        Gen.ArrayOf(Gen.Frequency((4, Gen.Elements(telling.ToCharArray())), (1, Gen.Choose(0, char.MaxValue).Select(c => (char)c))))
            .Select(c => new string(c));

    public static Gen<byte[]> Bytes { get; } = Gen.ArrayOf(Gen.Choose(0, 255).Select(b => (byte)b));

    /// <summary>A valid file with a few of its bytes changed, or cut.</summary>
    public static Gen<byte[]> Mutations(byte[] valid) =>
        from places in Gen.ListOf(Gen.Choose(0, valid.Length - 1), 3)
        from values in Gen.ListOf(Gen.Choose(0, 255), 3)
        from length in Gen.Frequency((2, Gen.Constant(valid.Length)), (1, Gen.Choose(0, valid.Length)))
        select valid.Select((b, i) => places.ToList().IndexOf(i) is >= 0 and var at ? (byte)values[at] : b).Take(length).ToArray();

    /// <summary>Lines of valid files, put together anew, some of them doubled, cut or broken.</summary>
    public static Gen<string> Shuffled(IReadOnlyList<string> lines) => Gen.ListOf(
        from line in Gen.Elements<string>([.. lines])
        from cut in Gen.Frequency((6, Gen.Constant(int.MaxValue)), (1, Gen.Choose(0, 40)))
        from more in Gen.Frequency((8, Gen.Constant("")), (1, Texts("`{}#-|:*\\\n \t")))
        select line[..Math.Min(cut, line.Length)] + more).Select(drawn => string.Join('\n', drawn));

    /// <summary>JSON of any shape whose names and texts are often the expected ones.</summary>
    public static Gen<string> Json(string[] words) => Gen.Sized(size => Value(words, Math.Min(size, 4)));

    private static Gen<string> Value(string[] words, int depth)
    {
        var text = Gen.OneOf(Gen.Elements(words), Texts("\\\"{}[]<\u0000abc")).Select(t => JsonSerializer.Serialize(t));
        var leaf = Gen.OneOf(text, Gen.Elements("null", "true", "false", "-1", "0", "1e400", "9223372036854775807", "0.5", "[]", "{}"));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Value(words, depth - 1);
        var member = from name in Gen.Elements(words) from value in inner select $"{JsonSerializer.Serialize(name)}:{value}";
        return Gen.Frequency(
            (1, leaf),
            (4, Gen.ListOf(member, 4).Select(m => $"{{{string.Join(',', m)}}}")),
            (1, Gen.ListOf(inner, 2).Select(v => $"[{string.Join(',', v)}]")));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
