using OpsChat.Tests.Support;
using OpsChat.Understanding;

namespace OpsChat.Tests.Understanding;

public class A_mood_reading
{
    [Theory]
    [InlineData("I want to talk to a human")]
    [InlineData("connect me to your manager please")]
    [InlineData("agent")]
    [InlineData("are you a bot? let me speak to a real person")]
    [InlineData("nak cakap dengan orang betul")]
    [InlineData("mau ngomong sama admin dong")]
    [InlineData("ขอคุยกับเจ้าหน้าที่")]
    [InlineData("cho tôi gặp nhân viên")]
    [InlineData("pwede makausap ang manager")]
    [InlineData("转人工")]
    [InlineData("quiero hablar con una persona")]
    public void wants_a_person_when_it_asks_for_one(string text) => MoodDetector.Read(text).WantsPerson.Should().BeTrue();

    [Theory]
    [InlineData("do you have agent 007 posters")]
    [InlineData("people call me Brad")]
    [InlineData("is this human size?")]
    [InlineData("where is my parcel")]
    public void wants_no_person_when_the_word_means_something_else(string text) => MoodDetector.Read(text).WantsPerson.Should().BeFalse();

    [Theory]
    [InlineData("my lawyer will contact you", Threat.Legal)]
    [InlineData("I will sue you", Threat.Legal)]
    [InlineData("saya akan saman kedai ini di mahkamah", Threat.Legal)]
    [InlineData("saya laporkan ke polisi", Threat.Legal)]
    [InlineData("จะฟ้องร้านนี้", Threat.Legal)]
    [InlineData("tôi sẽ nhờ luật sư", Threat.Legal)]
    [InlineData("我要起诉你们", Threat.Legal)]
    [InlineData("I will go to the newspapers", Threat.Press)]
    [InlineData("saya akan viralkan", Threat.Press)]
    [InlineData("ipapa-Tulfo ko kayo", Threat.Press)]
    [InlineData("我要曝光你们", Threat.Press)]
    [InlineData("I will file a chargeback", Threat.Chargeback)]
    [InlineData("I'll dispute this with my bank", Threat.Chargeback)]
    [InlineData("I know where you live", Threat.Violence)]
    [InlineData("aku bunuh kau", Threat.Violence)]
    [InlineData("I will kill you, then sue you", Threat.Violence)]
    public void tells_the_gravest_threat(string text, Threat threat)
    {
        var mood = MoodDetector.Read(text);
        mood.Threat.Should().Be(threat);
        mood.Tone.Should().NotBe(Tone.Calm);
        mood.Words.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("how much is the lawyer costume")]
    [InlineData("do you sell court shoes")]
    [InlineData("french press available?")]
    [InlineData("bath bombs in stock?")]
    [InlineData("does this kill bacteria")]
    public void sees_no_threat_in_goods_that_sound_like_one(string text) => MoodDetector.Read(text).Threat.Should().Be(Threat.None);

    [Theory]
    [InlineData("I want to make a complaint")]
    [InlineData("worst service ever")]
    [InlineData("nak buat aduan")]
    [InlineData("ขอร้องเรียน")]
    [InlineData("tôi muốn khiếu nại")]
    [InlineData("我要投诉")]
    public void tells_an_explicit_complaint(string text) => MoodDetector.Read(text).IsComplaint.Should().BeTrue();

    [Theory]
    [InlineData("this is ridiculous, you are scammers", Tone.Angry)]
    [InlineData("penipu! bodoh betul", Tone.Angry)]
    [InlineData("垃圾店", Tone.Angry)]
    [InlineData("I am very disappointed", Tone.Upset)]
    [InlineData("saya kecewa", Tone.Upset)]
    [InlineData("thanks, lovely shop", Tone.Calm)]
    [InlineData("when will it arrive", Tone.Calm)]
    public void tells_the_tone(string text, Tone tone) => MoodDetector.Read(text).Tone.Should().Be(tone);

    [SharedFact]
    public void sees_hardly_any_threat_in_harmless_texts()
    {
        var calm = LabelledMessage
            .Read("gate", "gate-dev.csv")
            .Where(m => m.Financial == "no")
            .Concat(LabelledMessage.Read("injection", "benign-dev.csv"))
            .ToList();
        calm.Count(m => MoodDetector.Read(m.Text).Threat != Threat.None).Should().BeLessThanOrEqualTo(calm.Count / 500);
    }
}
