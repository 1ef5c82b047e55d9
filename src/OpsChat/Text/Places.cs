using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace OpsChat.Text;

/// <summary>
/// Places to which shops of the region send: countries, the states and larger towns of Malaysia, and cities of its neighbours, as customers write
/// them. A place is read as a slot; which fee or time belongs to it stands in the shop's own words.
/// </summary>
public static partial class Places
{
    // An underscore stands for a space within a name; the first of a row is the name that is kept.
    private static readonly string[] s_rows =
    [
        "Malaysia malaysia 马来西亚 มาเลเซีย",
        "West_Malaysia west_malaysia peninsular_malaysia semenanjung peninsula wm west_msia 西马 西馬",
        "East_Malaysia east_malaysia em east_msia malaysia_timur 东马 東馬",
        "Sabah sabah kota_kinabalu kk sandakan tawau lahad_datu 沙巴 亚庇 山打根 斗湖 拿笃",
        "Sarawak sarawak kuching miri sibu bintulu 砂拉越 砂劳越 古晋 诗巫 民都鲁",
        "Labuan labuan 纳闽",
        "Langkawi langkawi 浮罗交怡 兰卡威",
        "Penang penang pulau_pinang pinang georgetown george_town butterworth 槟城 槟岛",
        "Kuala_Lumpur kl kuala_lumpur 吉隆坡",
        "Selangor selangor klang shah_alam petaling_jaya pj subang kajang 雪兰莪 巴生 莎阿南 八打灵",
        "Putrajaya putrajaya cyberjaya 赛城",
        "Johor johor johore jb johor_bahru batu_pahat muar kluang 新山 柔佛 麻坡 峇株巴辖 居銮",
        "Melaka melaka malacca 马六甲",
        "Negeri_Sembilan negeri_sembilan seremban n9 nilai 森美兰",
        "Perak perak ipoh taiping 怡保 霹雳",
        "Kedah kedah alor_setar sungai_petani 吉打 亚罗士打",
        "Perlis perlis kangar 玻璃市",
        "Pahang pahang kuantan cameron_highlands temerloh bentong 彭亨 关丹 金马仑",
        "Terengganu terengganu kuala_terengganu 登嘉楼 丁加奴",
        "Kelantan kelantan kota_bharu 吉兰丹 哥打峇鲁",
        "Singapore singapore singapura singapur sg spore s'pore 新加坡 สิงคโปร์",
        "Brunei brunei 文莱 汶莱",
        "Indonesia indonesia jakarta surabaya bandung medan bali indo 印尼 印度尼西亚 雅加达",
        "Thailand thailand bangkok phuket siam ไทย กรุงเทพ 泰国 曼谷",
        "Vietnam vietnam viet_nam hanoi ho_chi_minh saigon sai_gon 越南",
        "Philippines philippines pilipinas manila cebu 菲律宾",
        "China china beijing shanghai 中国 北京 上海",
        "Hong_Kong hong_kong hk 香港",
        "Taiwan taiwan taipei 台湾 台北",
        "Japan japan jepun jepang tokyo osaka 日本 东京 大阪",
        "Korea korea seoul 韩国 首尔",
        "Australia australia sydney melbourne perth aussie 澳洲 澳大利亚 悉尼 墨尔本",
        "New_Zealand new_zealand nz 新西兰 纽西兰",
        "India india mumbai delhi chennai 印度",
        "Sri_Lanka sri_lanka",
        "Bangladesh bangladesh",
        "Pakistan pakistan",
        "Nepal nepal",
        "Myanmar myanmar",
        "Cambodia cambodia kemboja 柬埔寨",
        "Laos laos",
        "United_Kingdom uk united_kingdom england london britain 英国 伦敦",
        "Ireland ireland",
        "United_States usa united_states america us new_york 美国 纽约",
        "Canada canada toronto 加拿大",
        "Germany germany berlin jerman 德国",
        "France france paris perancis 法国",
        "Netherlands netherlands holland belanda",
        "Europe europe eropah eropa 欧洲",
        "Saudi_Arabia saudi_arabia saudi mekah mecca",
        "United_Arab_Emirates uae dubai 迪拜 阿联酋",
        "Qatar qatar",
        "Maldives maldives",
        "abroad overseas abroad luar_negara luar_negeri international internationally 海外 国外 外国",
    ];

    // "us" and "em" are words more often than places, and are read only in capitals.
    private static readonly FrozenSet<string> s_onlyInCapitals = FrozenSet.Create(
        StringComparer.Ordinal,
        "us",
        "em",
        "wm",
        "indo",
        "nilai",
        "kk",
        "medan",
        "perak",
        "bali"
    );

    private static readonly FrozenDictionary<string, string> s_names = s_rows
        .Select(row => row.Split(' '))
        .SelectMany(row =>
            row.Skip(1).Append(row[0].ToLowerInvariant()).Select(name => (Name: name.Replace('_', ' '), Place: row[0].Replace('_', ' ')))
        )
        .DistinctBy(entry => entry.Name)
        .ToFrozenDictionary(entry => entry.Name, entry => entry.Place, StringComparer.Ordinal);

    // What stands around a name is looked at once for all names: so only where a name may begin is any of them tried.
    private static readonly Regex s_anyName = new(
        $@"(?<![\p{{L}}\d@.])(?:{AnyOf(isUnspaced: false)})(?![\p{{L}}\d@])|{AnyOf(isUnspaced: true)}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled
    );

    private static string AnyOf(bool isUnspaced) =>
        string.Join(
            '|',
            s_names.Keys.Where(name => Scripts.IsUnspaced(name[0]) == isUnspaced).OrderByDescending(name => name.Length).Select(Regex.Escape)
        );

    /// <summary>A place as a text in this language names it; by its kept name where the rows have no other.</summary>
    public static string NameIn(string language, string place) =>
        language.Split('-')[0] == "zh"
            ? s_rows.Select(row => row.Split(' ')).FirstOrDefault(row => row[0].Replace('_', ' ') == place)
                ?.FirstOrDefault(name => Scripts.IsHan(name[0])) ?? place
            : place;

    /// <summary>The country of a place, as it is written here; a place outside of Malaysia is its own.</summary>
    public static string CountryOf(string place) => s_inMalaysia.Contains(place) ? "Malaysia" : place;

    /// <summary>Whether a shop whose words on sending these are sends to a place: they name it or its country. Null where they name no
    /// place, or where
    /// "abroad" says no country.</summary>
    public static bool? IsServed(string place, IEnumerable<string> words)
    {
        var named = words.SelectMany(In).ToList();
        return named.Count == 0 || place == Abroad || named.Contains(Abroad) ? null : named.Select(CountryOf).Contains(CountryOf(place));
    }

    /// <summary>
    /// What a text of several parts ("8 to West Malaysia, 15 to Sabah and Sarawak; free from 150 within Malaysia") says of one place: the parts that
    /// name it, its side of Malaysia or its country. Null where a part may belong to another one, since it names no place or no figure of its own,
    /// where none names the place or finer ones do, or where nothing would be left out: half a promise is another promise.
    /// </summary>
    public static string? PartsAbout(string place, string text)
    {
        var parts = Joint().Split(text).Select(part => part.Trim().TrimEnd('.', '。')).Where(part => part.Length > 0)
            .Select(part => (Text: part, Places: In(part))).ToList();
        if (place == "Malaysia" || parts.Exists(part => part.Places.Count == 0 || !part.Text.Any(char.IsDigit)))
        {
            return null;
        }

        string[] names = s_inMalaysia.Contains(place) ? [place, SideOf(place), "Malaysia"] : [place];
        // Of a part that names the place itself and one that names only its side, the first holds.
        if (Array.Find(names, name => parts.Exists(part => part.Places.Contains(name))) is not { } nearest)
        {
            return null;
        }

        // Where sides or states are told apart, what is said of the whole country alone ("free from MYR 150 within Malaysia") is no fee of this
        // place.
        if (nearest == "Malaysia" && parts.Exists(part => part.Places.Any(other => other != "Malaysia" && s_inMalaysia.Contains(other))))
        {
            return null;
        }

        var kept = parts.FindAll(part => part.Places.Contains(nearest) || part.Places.Contains(names[^1]));
        return kept.Count == parts.Count ? null : string.Join(Scripts.IsHan(text[0]) ? "；" : "; ", kept.Select(part => part.Text));
    }

    /// <summary>The part of Malaysia across the sea, which fees tell apart.</summary>
    private static string SideOf(string place) =>
        place is "Sabah" or "Sarawak" or "Labuan" or "East Malaysia" ? "East Malaysia" : "West Malaysia";

    [GeneratedRegex(@"[;；，、。]\s*(?:and\s|dan\s|和)?|,\s+(?:and\s|dan\s)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Joint();

    private const string Abroad = "abroad";

    private static readonly FrozenSet<string> s_inMalaysia = s_rows
        .TakeWhile(row => !row.StartsWith("Singapore", StringComparison.Ordinal))
        .Select(row => row.Split(' ')[0].Replace('_', ' '))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The places that a text names, each once, in reading order.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [.. s_anyName.Matches(text).Where(IsPlace).Select(match => s_names[match.Value.ToLowerInvariant()]).Distinct()];

    /// <summary>
    /// The text without the places that something goes to, comes from or is in: "post to sarawak?" names no black pepper, whatever the titles say.
    /// </summary>
    public static string WithoutDestinations(string text) =>
        s_anyName.Replace(text, match => IsPlace(match) && Towards().IsMatch(text.AsSpan(0, match.Index)) ? "" : match.Value);

    private static bool IsPlace(Match match) =>
        !s_onlyInCapitals.Contains(match.Value.ToLowerInvariant()) || match.Value.All(c => !char.IsLower(c)) || char.IsUpper(match.Value[0]);

    [GeneratedRegex(
        @"(?:^|\s)(?:to|ke|in|at|from|di|dari|dekat|kat|sa|papuntang|đến|tới|ở|a|en|hacia)\s$|[到寄去送往在]$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Towards();
}
