using OpsChat.Text;
namespace OpsChat.Understanding;

/// <summary>Recognises messages that are nothing but a greeting, thanks, a nudge, a goodbye or an "ok", in the languages of the shops.</summary>
/// <remarks>
/// A message is small talk when every word of it belongs to a small-talk phrase or is a filler ("dear", "bang", "ya"): one word more and it
/// is a matter of its own. What it is follows from the phrase that says most: a goodbye, else thanks, else a nudge, else a greeting,
/// else an acknowledgement ("ok thanks bye" is a goodbye). Thanks for something that has come are thanks (<see cref="ArrivalNews"/>), and so is
/// praise of whoever answers (<see cref="Praise"/>).
/// </remarks>
public static class SmallTalkDetector
{
    private const int MostWords = 12, LongestInTable = 7;

    /// <summary>What people send in the place of "thanks" and "ok".</summary>
    private static readonly string[] Signs = ["👍", "🙏", "👌", "❤", "🥰", "😊", "🙂", "😍", "🤝", "👏", "🎉", "✅", "💯", "♥"];

    private static readonly Dictionary<string, SmallTalk> Phrases = Table(
        (SmallTalk.Greeting, """
            hi|hii|hy|hey|heyy|hello|helo|hallo|helloo|hai|haii|hiya|yo|sup|ssup|whats up|wassup|greetings|good day|good morning|
            good afternoon|good evening|
            gm|morning|afternoon|evening|gd morning|hi there|hello there|hey there|how are you|how are u|how r u|hru|how do you do|nice to meet you|
            how are you doing|how are you today|hows your day|how is your day|hope you are well|
            hope youre well|i hope you are well|i hope youre well|hope you are doing well|hope youre doing well|hope all is well|hope all well|
            hope youre having a good day|hope you are having a good day|happy monday|happy friday|happy weekend|
            sihat|sihat ke|sihat tak|harap sihat|semoga sihat|
            salam|assalamualaikum|assalamu alaikum|aslm|waalaikumsalam|waalaikumussalam|selamat pagi|selamat siang|selamat sore|selamat malam|
            selamat petang|selamat tengahari|selamat tengah hari|pagi|siang|sore|apa khabar|apa kabar|halo|permisi|
            xin chao|chao|chao shop|chao ban|alo|kumusta|kamusta|magandang umaga|magandang hapon|magandang gabi|magandang araw|
            hola|buenos dias|buenas tardes|buenas noches|buenas|que tal|ola|oi|bom dia|boa tarde|boa noite|tudo bem|namaste|vanakkam|வணக்கம்|
            你好吗|最近好吗|今天好吗|
            你好|您好|嗨|早上好|早安|午安|下午好|晚上好|哈喽|哈啰|你好啊|老板你好|老板|在吗|สวัสดี|สวัสดีครับ|สวัสดีค่ะ|สวัสดีคะ|หวัดดี|หวัดดีครับ|หวัดดีค่ะ|ดีครับ|ดีค่ะ
            """),
        (SmallTalk.Thanks, """
            thanks|thank you|thank u|thankyou|thanku|thank you so much|thank you very much|thanks a lot|thanks so much|many thanks|thx|thnx|
            thanx|tnx|cheers|tq|tqvm|ty|tysm|
            tks|much appreciated|appreciate it|i appreciate it|appreciated|thanks for your help|thanks for the help|thank you for your help|
            thanks for helping|how kind|how kind of you|that is kind of you|thats kind of you|thats so kind of you|
            well done|good job|great job|
            terima kasih|terimakasih|trima kasih|trimakasih|makasih|makasi|mksh|tima kasih|trims|tengkiu|terima kasih banyak|
            terima kasih banyak banyak|
            cam on|cam on ban|cam on shop|cam on nhieu|cam on nhe|salamat|salamat po|maraming salamat|maraming salamat po|
            gracias|muchas gracias|obrigado|obrigada|muito obrigado|muito obrigada|valeu|nandri|நன்றி|shukriya|dhanyavaad|
            你真好|你们真好|你人真好|服务真好|服务很好|服务太好了|回复真快|回复好快|真贴心|太贴心了|
            谢谢|谢谢你|谢谢您|谢啦|多谢|感谢|感謝|謝謝|謝謝你|谢谢老板|谢谢你们|谢谢啊|谢谢哦|非常感谢|好的谢谢|好谢谢|
            ok谢谢|不用了谢谢|没事了谢谢|辛苦了|感恩|ขอบคุณ|ขอบคุณครับ|ขอบคุณค่ะ|ขอบคุณคะ|ขอบคุณมาก|ขอบคุณมากครับ|ขอบคุณมากค่ะ
            """),
        (SmallTalk.Nudge, """
            anyone|anyone around|anybody around|anyone home|anyone there|anyone here|anybody|anybody there|is anyone there|is anyone here|someone there|is someone there|
            still there|you still there|u still there|are you still there|are u still there|still here|are you here|
            is anybody there|is there anybody|is there anyone|are you there|
            are u there|r u there|you there|
            u there|any update|any updates|any news|any update yet|any news yet|so any news|so any news yet|so any update|so how|so how any news|so how any news yet|so how any update|so how any update yet|how any news|how any update|update|please reply|pls reply|plz reply|reply|please respond|pls respond|please answer|
            still waiting|
            im waiting|i am waiting|waiting|im still waiting|i am still waiting|knock knock|ping|bump|up|sila balas|tolong balas|balas|
            balas la|ada orang|ada orang tak|
            ada sesiapa|ada admin|admin|min|sis|bos|mohon dibalas|tolong dibalas|kok gak dibalas|co ai khong|shop oi|ad oi|may tao ba|may tao po ba|
            hay alguien|hay alguien ahi|tem alguem|tem alguem ai|alguien|在不在|有人吗|有人嗎|在嗎|มีใครอยู่ไหม|มีคนอยู่ไหม|ตอบด้วย
            """),
        (SmallTalk.Goodbye, """
            bye|bye bye|byebye|goodbye|good bye|see you|see ya|see u|cya|cu|take care|have a nice day|have a good day|have a great day|good night|gn|
            have a good one|have a nice one|have a lovely day|have a good evening|have a nice evening|have a nice weekend|have a good weekend|
            enjoy your day|you too|same to you|talk later|talk to you later|ttyl|
            that is all|thats all|that will be all|nothing else|no thats all|selamat tinggal|jumpa lagi|sampai jumpa|dadah|babai|
            tam biet|paalam|adios|hasta luego|tchau|ate logo|poitu varen|再见|再見|拜拜|晚安|ลาก่อน|บาย|บายๆ
            """),
        (SmallTalk.Acknowledgement, """
            set|fair enough|brilliant|lovely|ok|okay|okey|okie|oki|okk|okays|k|kk|oke|okok|ok ok|alright|all right|fine|cool|great|perfect|nice|good|got it|i see|
            i understand|understood|noted|sure|yes|yeah|yep|yup|
            no problem|no worries|np|np np|never mind|nevermind|nvm|its ok|its okay|its fine|ok noted|will do|sounds good|awesome|wow|lol|
            haha|hahaha|hehe|deal|agreed|confirm|confirmed|setuju|jadi|成交|是|是的|对|對|
            baik|baiklah|boleh|faham|paham|mengerti|siap|sip|okelah|ya|iya|yoi|mantap|tak apa|takpe|takpa|gak apa apa|gpp|
            vang|da|duoc|ok nhe|uhm|sige|sige po|opo|oo|vale|de acuerdo|esta bien|ta bom|beleza|certo|entendi|sari|சரி|
            好|好的|好吧|可以|知道了|明白|明白了|收到|行|嗯|好啊|好哦|了解|没事|没事了|没问题|ได้|ได้ครับ|ได้ค่ะ|โอเค|โอเคครับ|โอเคค่ะ|ครับ|ค่ะ|จ้า
            """));

    private static readonly HashSet<string> Fillers =
    [
        .. (
            "oi oii oiii woi weh "
            + "sir madam mam maam miss mr dear friend team guys all there everyone shop store seller admin support bot please pls plz "
            + "so very much a lot byk byk2 banyak banyak2 again then now and the to you u for your ur help reply too lah la lor ya yah ye po nya "
            + "kak bang mas "
            + "mbak bro sis bos boss gan min tuan puan encik cik abang kakak nhe nha a shop ad em anh chi ban"
        ).Split(' '),
    ];

    /// <summary>What kind of small talk the whole message is, or <see cref="SmallTalk.None"/> when it holds anything else.</summary>
    public static SmallTalk Of(string text)
    {
        if (text.Length > 200)
        {
            return SmallTalk.None;
        }

        var words = WordsIn(text);
        return words.Length is 0
                ? (
                    text.Contains('?', StringComparison.Ordinal) ? SmallTalk.Nudge
                    : Signs.Any(sign => text.Contains(sign, StringComparison.Ordinal)) ? SmallTalk.Thanks
                    : SmallTalk.None
                )
            : words.Length <= MostWords && Kind(words) is var kind and not SmallTalk.None ? (
                // "Ok?" and "yes?" agree to nothing: they ask for a word.
                kind == SmallTalk.Acknowledgement && text.AsSpan().IndexOfAny('?', '？') >= 0 ? SmallTalk.Nudge : kind
            )
            : ArrivalNews.IsIn(text) || IsPraise(words, text) ? SmallTalk.Thanks
            : SmallTalk.None;
    }

    private static string[] WordsIn(string text) =>
    [
        .. PlainText.Fold(text).Replace("'", "", StringComparison.Ordinal).Replace("’", "", StringComparison.Ordinal)
            .Split([.. " \t\r\n.,!?;:~-*()\"…。，！？、"], StringSplitOptions.RemoveEmptyEntries)
            .Select(Shortened)
            .Where(word => word.Any(char.IsLetterOrDigit)),
    ];

    /// <summary>"You are so helpful, thank you": each clause is praise of whoever answers or other small talk, and one of them praises. Who asks or
    /// nudges beside it wants something.</summary>
    private static bool IsPraise(string[] words, string text)
    {
        if (words.Length > MostWords || text.AsSpan().IndexOfAny('?', '？') >= 0)
        {
            return false;
        }

        string[][] clauses =
        [
            .. text.Split([.. ".,!;:\n…。，！、"], StringSplitOptions.RemoveEmptyEntries).Select(WordsIn).Where(clause => clause.Length > 0),
        ];
        var praise = clauses.Select(clause => Praise.Is(string.Join(' ', clause))).ToList();
        return praise.Contains(true) && clauses.Zip(praise).All(each => each.Second || Kind(each.First) is not (SmallTalk.None or SmallTalk.Nudge));
    }

    /// <summary>Whether it says yes to something, and not only that it was heard.</summary>
    public static bool Agrees(string text) => Of(text) == SmallTalk.Acknowledgement && Tokens.Of(text).Exists(s_yes.Contains);

    private static readonly HashSet<string> s_yes =
        [.. "yes yeah yep yup sure deal agreed confirm confirmed ya iya yoi setuju jadi opo oo si sim vang 是 是的 对 對 成交".Split(' ')];

    private static SmallTalk Kind(string[] words)
    {
        var kind = SmallTalk.None;
        for (var at = 0; at < words.Length;)
        {
            var (length, found) = LongestPhrase(words, at);
            if (length == 0 && !Fillers.Contains(words[at]))
            {
                return SmallTalk.None;
            }

            kind = Rank(found) > Rank(kind) ? found : kind;
            at += Math.Max(1, length);
        }

        return kind;
    }

    private static (int Length, SmallTalk Kind) LongestPhrase(string[] words, int at)
    {
        for (var length = Math.Min(LongestInTable, words.Length - at); length > 0; length--)
        {
            if (Phrases.TryGetValue(string.Join(' ', words, at, length), out var kind))
            {
                return (length, kind);
            }
        }

        return (0, SmallTalk.None);
    }

    private static int Rank(SmallTalk kind) => kind switch
    {
        SmallTalk.Goodbye => 5,
        SmallTalk.Thanks => 4,
        SmallTalk.Nudge => 3,
        SmallTalk.Greeting => 2,
        SmallTalk.Acknowledgement => 1,
        _ => 0,
    };

    /// <summary>"hellooooo" is "hello": a letter three times or more in a row is there once.</summary>
    private static string Shortened(string word)
    {
        var kept = new System.Text.StringBuilder(word.Length);
        for (var i = 0; i < word.Length;)
        {
            var end = i;
            while (end < word.Length && word[end] == word[i])
            {
                end++;
            }

            kept.Append(word[i], end - i >= 3 ? 1 : end - i);
            i = end;
        }

        return kept.ToString();
    }

    private static Dictionary<string, SmallTalk> Table(params (SmallTalk Kind, string Phrases)[] rows) =>
        rows.SelectMany(row => row.Phrases.Split('|', StringSplitOptions.TrimEntries).Select(phrase => (Phrase: PlainText.Fold(phrase), row.Kind)))
            .DistinctBy(pair => pair.Phrase).ToDictionary(pair => pair.Phrase, pair => pair.Kind);
}
