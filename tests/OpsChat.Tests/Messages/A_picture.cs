using System.Text;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_picture
{
    [Theory]
    [InlineData("jpeg", PictureKind.Jpeg)]
    [InlineData("png", PictureKind.Png)]
    [InlineData("webp", PictureKind.WebP)]
    public void with_nothing_but_itself_stays_as_it_is(string kind, PictureKind expected)
    {
        var clean = Clean(PictureFiles.Of(kind));

        clean.Kind.Should().Be(expected);
        (clean.Width, clean.Height).Should().Be((24, 16));
        clean.Bytes.Should().Equal(PictureFiles.Of(kind));
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("webp")]
    public void loses_place_comment_and_what_else_is_written_beside_it_but_not_which_way_is_up(string kind)
    {
        var photo = PictureFiles.Photo(kind);
        Encoding.Latin1.GetString(photo).Should().Contain(PictureFiles.Secret, "the test must put it there");

        var clean = Clean(photo);

        Encoding
            .Latin1.GetString(clean.Bytes)
            .Should()
            .NotContain(PictureFiles.Secret)
            .And.Contain(kind == "png" ? "IDAT" : "mntrRGB", "pixels and colours are kept");
        PictureFiles.OrientationIn(clean.Bytes).Should().BePositive();
        clean.Bytes.Should().HaveCountLessThan(PictureFiles.Of(kind).Length + 48);
        Clean(clean.Bytes).Bytes.Should().Equal(clean.Bytes, "there is nothing more to take away");
    }

    [Fact]
    public void in_Apples_form_is_refused_with_what_to_send_instead() => Refusal(PictureFiles.Heic).Should().Contain("HEIC").And.Contain("JPEG");

    [Theory]
    [InlineData("%PDF-1.7")]
    [InlineData("GIF89a")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("")]
    public void is_no_file_of_another_kind(string file) => Refusal(Encoding.ASCII.GetBytes(file)).Should().Contain("JPEG, PNG or WebP");

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("webp")]
    public void that_is_cut_off_anywhere_is_refused_or_ends_there(string kind)
    {
        var photo = PictureFiles.Photo(kind);
        for (var length = 0; length < photo.Length; length++)
        {
            if (PictureReader.Read(photo.AsSpan(0, length)) is PictureReading.Clean clean)
            {
                (clean.Width, clean.Height).Should().Be((24, 16));
            }
        }

        PictureReader.Read(photo.AsSpan(0, 200)).Should().BeOfType<PictureReading.Refused>();
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("webp")]
    public void with_any_bytes_changed_is_read_or_refused(string kind)
    {
        var random = new Random(20261128);
        for (var round = 0; round < 3000; round++)
        {
            var photo = PictureFiles.Photo(kind);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                photo[random.Next(photo.Length)] = (byte)random.Next(256);
            }

            var reading = PictureReader.Read(photo);

            (reading is PictureReading.Refused or PictureReading.Clean { Width: > 0, Height: > 0 }).Should().BeTrue();
        }
    }

    [Fact]
    public void that_claims_to_fill_the_memory_of_whoever_looks_is_refused()
    {
        Refusal(PictureFiles.PngOf(60_000, 60_000)).Should().Contain("pixels");
        Clean(PictureFiles.PngOf(10_000, 10_000)).Width.Should().Be(10_000);
    }

    private static PictureReading.Clean Clean(byte[] file) => PictureReader.Read(file).Should().BeOfType<PictureReading.Clean>().Subject;

    private static string Refusal(byte[] file) => PictureReader.Read(file).Should().BeOfType<PictureReading.Refused>().Subject.Why;
}
