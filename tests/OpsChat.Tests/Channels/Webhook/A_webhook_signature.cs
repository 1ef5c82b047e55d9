using FsCheck.Fluent;
using OpsChat.Channels.Webhook;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Webhook;

public class A_webhook_signature
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const long At = 1_700_000_000;
    private static readonly byte[] s_body = """{"type":"customer.message","id":"1","customer":"7","text":"hi"}"""u8.ToArray();

    /// <summary>The expected digits were computed with openssl: <c>printf '1700000000.…' | openssl dgst -sha256 -hmac 0123…</c>.</summary>
    [Fact]
    public void is_what_openssl_computes() =>
        WebhookSignature.Of(Secret, At, s_body).Should().Be("v1=0f6c8cc6a2d286085830ae2d17ce74f98093b7fd085dc6fdb14c54e64134ce32");

    [Theory]
    [InlineData(-301, SignatureVerdict.OutOfTime)]
    [InlineData(-300, SignatureVerdict.Right)]
    [InlineData(0, SignatureVerdict.Right)]
    [InlineData(300, SignatureVerdict.Right)]
    [InlineData(301, SignatureVerdict.OutOfTime)]
    public void holds_for_five_minutes_either_way(int secondsLater, SignatureVerdict expected) =>
        Judge(At.ToString(), WebhookSignature.Of(Secret, At, s_body), s_body, At + secondsLater).Should().Be(expected);

    [Fact]
    public void is_wrong_for_another_time_body_or_secret()
    {
        var right = WebhookSignature.Of(Secret, At, s_body);

        Judge($"{At + 1}", right, s_body).Should().Be(SignatureVerdict.Wrong);
        Judge($"{At}", right, [.. s_body, (byte)' ']).Should().Be(SignatureVerdict.Wrong);
        Judge($"{At}", WebhookSignature.Of(Secret + "x", At, s_body), s_body).Should().Be(SignatureVerdict.Wrong);
        Judge($"{At}", right.ToUpperInvariant(), s_body).Should().Be(SignatureVerdict.Wrong);
        Judge($"{At}", right["v1=".Length..], s_body).Should().Be(SignatureVerdict.Wrong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1700000000")]
    [InlineData(" 1700000000")]
    [InlineData("1700000000.0")]
    [InlineData("99999999999999999999")]
    [InlineData("now")]
    public void needs_a_time_in_whole_seconds(string timestamp) => Judge(timestamp, "v1=00", s_body).Should().Be(SignatureVerdict.Missing);

    [Fact]
    public void is_never_right_by_chance_and_never_breaks() => Fuzzing.Try(
        from timestamp in Fuzzing.Texts("0123456789-+.")
        from signature in Fuzzing.Texts("v1=0123456789abcdef")
        from body in Fuzzing.Bytes
        select (timestamp, signature, body),
        it => Judge(it.timestamp, it.signature, it.body).Should().BeOneOf(SignatureVerdict.Missing, SignatureVerdict.Wrong));

    private static SignatureVerdict Judge(string timestamp, string signature, byte[] body, long now = At) =>
        WebhookSignature.Judge(Secret, timestamp, signature, body, DateTimeOffset.FromUnixTimeSeconds(now));
}
