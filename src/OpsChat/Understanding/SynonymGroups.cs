using OpsChat.Text;
namespace OpsChat.Understanding;

/// <summary>Groups of words that mean about the same to a shop's customer, so that an issue is recognised in words that its examples lack.</summary>
/// <remarks>English with the commonest words of Malay, Indonesian, Tagalog, Vietnamese, Spanish and Chinese. A "+" joins the words of a
/// phrase.</remarks>
internal static class SynonymGroups
{
    /// <summary>The longest phrase of the groups, in words.</summary>
    private const int LongestPhrase = 3;

    private static readonly string[] Groups =
    [
        // Buying
        "price cost rate mrp pricing priced charge worth expensive how+much what+price harga berapa brp magkano presyo gia precio cuanto "
            + "kitna kitne kimat keemat daam",
        "cheap cheaper affordable low+cost less+price lowest budget murah mura barato sasta saste kam+price",
        "discount offer promo promotion coupon voucher deal sale rebate off promo+code discount+code coupon+code diskon diskaun potongan "
            + "kupon descuento cupon",
        "buy purchase order+new place+an+order place+order get+one acquire shop+for beli membeli bumili mua comprar kharidna khareedna lena+hai",
        "order ordered booking booked pesanan order+saya pesan tempahan orderan don+hang pedido",
        "stock available availability in+stock restock sold+out out+of+stock inventory ada+stok stok ready tersedia meron con+hang disponible",
        "product item goods article model variant range catalogue catalog barang produk produto produkto",
        "size dimension measurement measure length width height inch cm feet ft large small medium xl saiz ukuran sukat talla",
        "colour color shade warna kulay",
        "custom customise customize customisation customization customised customized personalise personalize tailor tailored bespoke "
            + "made+to+measure",
        "compare comparison difference different differ versus vs better between beza perbedaan beda bandingkan",
        "recommend suggest suggestion advice advise which+one which+is+best what+should best suitable sesuai cocok",
        "feature specification spec detail material quality made+of ingredient ciri spesifikasi",
        "gift present hadiah kado regalo",
        "sample trial try demo test cuba coba",
        "genuine authentic original fake counterfeit ori asli tiruan palsu",
        "store showroom outlet branch shop dealer retailer distributor reseller dealership offline physical kedai toko tindahan tienda cua+hang",
        "wholesale bulk quantity large+order borong grosir",
        // Paying
        "pay payment paid paying bayar bayaran pembayaran bayad thanh+toan pagar pago bhugtan",
        "cod cash+on+delivery pay+on+delivery cash+delivery pay+later bayar+di+tempat",
        "instalment installment emi monthly finance financing down+payment interest ansuran cicilan kredit",
        "card credit+card debit+card visa mastercard kad kartu tarjeta",
        "invoice bill receipt billing statement resit invois faktur nota recibo factura",
        "refund money+back reimburse reimbursement reimbursed refunded get+back bayar+balik pulangkan+wang kembalikan+uang uang+kembali "
            + "wang+balik hoan+tien reembolso paise+wapas paisa+wapas",
        "charge charged fee deducted billed debited surcharge caj biaya bayaran",
        "twice double duplicate two+times dua+kali doble",
        "declined rejected refused failed fail unsuccessful not+accepted gagal ditolak",
        "bank account+number transfer wire remit transferred sending+money pindahan transferir",
        "balance funds available+money baki saldo",
        "withdraw withdrawal atm cash+machine cashpoint tarik+tunai",
        "topup top+up topped+up reload add+money tambah+nilai isi+ulang",
        "currency exchange+rate foreign fx conversion euro dollar pound mata+wang mata+uang",
        "pending processing in+progress not+gone+through not+cleared still+pending hasnt+gone tertunda diproses",
        "revert reverted reversed bounced bounced+back cancelled+payment undone",
        "extra additional unexpected hidden surplus lebihan tambahan",
        "recognise recognize unrecognised unfamiliar unknown unauthorised unauthorized didnt+make did+not+make dont+recognise "
            + "dont+recognize never+made tak+kenal",
        "beneficiary recipient payee receiver penerima",
        "limit maximum max minimum cap restriction restricted restrict allowed had batas limite",
        "swallow swallowed stuck ate kept retained tersangkut",
        "salary wage paycheck income gaji",
        "virtual disposable temporary digital one+time",
        "contactless tap tapping nfc",
        "wallet google+pay apple+pay paypal grabpay gopay gcash dompet",
        "automatic automatically auto recurring otomatis",
        "direct+debit standing+order auto+debit",
        "expire expired expiry expires expiring expiration tamat+tempoh kadaluarsa luput",
        "cheque check+deposit cash+deposit",
        "country countries abroad overseas international foreign+country worldwide negara luar+negara ibang+bansa pais",
        "age old+enough years+old eighteen minor umur edad",
        "friend family wife husband partner kawan teman",
        "source origin come+from",
        // Delivering
        "deliver delivery ship shipping shipment shipped dispatch dispatched send sent courier hantar penghantaran kirim pengiriman "
            + "dikirim ongkir giao giao+hang envio envia entrega padala bhejo bhejna",
        "parcel package box packet bungkusan paket kiện paquete",
        "where track tracking locate location whereabouts status progress update follow mana dimana di+mana saan dau donde jejak lacak "
            + "resi kaha kahan kidhar",
        "when how+long eta how+soon expected estimate estimated bila kapan kailan khi+nao bao+lau cuando kab kitne+din",
        "arrive arrived received receive come reach reached got landed get+here sampai tiba diterima terima dumating nhan llega llego mila "
            + "mili milega milegi pahuncha aaya aya",
        "late delay delayed overdue slow waiting wait so+long taking+long still+waiting not+yet not+arrived not+received not+come "
            + "never+arrived never+received never+came havent+received hasnt+arrived didnt+arrive didnt+receive didnt+come did+not+arrive "
            + "did+not+receive lambat lewat telat lama matagal tre tarde belum",
        "pincode pin+code zip zipcode zip+code postcode postal area region city poskod kode+pos",
        "address alamat direccion dia+chi move moved moving relocate",
        "pickup pick+up collect collection ambil sendiri",
        // After the sale
        "return send+back give+back bring+back returned returning returns pulang pulangkan retur kembalikan ibalik tra+hang devolver "
            + "devolucion wapas vapas vapis",
        "exchange swap replace replacement change+it replaced tukar ganti penggantian palit doi+hang cambiar badalna badlo",
        "cancel cancellation cancelled canceled cancelling call+off stop+order revoke batal batalkan pembatalan kanselahin huy cancelar",
        "broken damaged damage cracked smashed crushed torn dented shattered leaking ripped scratched in+pieces rosak pecah rusak koyak "
            + "retak penyok sira sirang hong vo roto danado toota tuta kharab",
        "defective faulty defect not+working doesnt+work does+not+work stopped+working wont+turn malfunction dead malfunctioning "
            + "tak+berfungsi tidak+berfungsi cacat",
        "wrong incorrect mistake mistaken different+item not+what+i+ordered error salah mali sai equivocado errado galat",
        "missing lost lose stolen incomplete not+in+the+box vanished disappeared gone misplaced hilang kurang kulang mat perdido",
        "warranty guarantee guaranteed waranti garansi jaminan bao+hanh garantia",
        "repair fix mend service servis baiki perbaiki betulkan",
        "install installation assemble assembly set+up setup instruction manual how+to+use pasang",
        "clean wash cleaning washing maintenance care cuci",
        "complain complaint unhappy disappointed unsatisfied dissatisfied terrible awful bad poor horrible aduan keluhan kecewa teruk reklamo",
        "angry furious upset annoyed frustrated mad fed+up marah galit enojado",
        "review feedback rating opinion comment ulasan",
        // Account and contact
        "account profile login log+in sign+in signin logged akaun akun cuenta",
        "register registration sign+up signup create+account new+account open+account daftar",
        "password passcode pin pin+code+number forgot forgotten kata+laluan sandi contrasena",
        "reset recover restore retrieve unblock unlock",
        "delete close remove terminate deactivate erase padam hapus",
        "email mail e+mail emel correo newsletter subscribe subscription unsubscribe",
        "phone mobile telephone number cell telefon hp nombor nomor telepono",
        "call contact reach+out get+in+touch talk speak callback call+back representative agent human person operator hubungi cakap bicara "
            + "orang+sebenar baat+karni baat+karna customer+care helpline",
        "hours open opening closed timing working+hours holiday buka tutup waktu jam+buka",
        "help assist assistance support tolong bantu bantuan minta+tolong tulong ayuda madad sahayata",
        "problem issue trouble difficulty unable cant+able cannot cant not+able masalah gangguan problema",
        "verify verification identity identify prove proof confirm passport kyc pengesahan verifikasi",
        "app application website site page online web link laman",
        "safe safety secure security fraud scam hacked compromised privacy penipuan selamat",
        "policy rule terms condition procedure process how+to+do steps polisi dasar kebijakan",
        "job career work+for+you hiring vacancy recruit kerja lowongan",
        "point points reward loyalty earn redeem mata+ganjaran poin",
        "change modify edit alter switch adjust amend ubah mengubah ganti+kan",
        "update upgrade renew extend renewal",
        "activate enable turn+on start activation aktifkan",
        "wrong+size too+small too+big too+large too+tight too+loose doesnt+fit does+not+fit kekecilan kebesaran",
        "pain ache hurt aching sakit dard",
        "kid child children baby son daughter teen anak bachcha bache",
        "benefit advantage good+for useful use usage purpose manfaat kegunaan",
        "side+effect side+effects allergy allergic harmful harm",
        "eat food meal lunch dinner breakfast recipe cook makan",
        "supplement protein whey vitamin capsule tablet powder creatine multivitamin nutrition suplemen",
        "dose dosage serving scoop how+to+take when+to+take how+many+times",
        "weight gain gainer bulk+up muscle mass lose+weight slim fat+loss weight+loss",
        "vegetarian veg vegan plant+based nonveg non+veg halal",
        "expiry+date best+before shelf+life manufacturing+date mfg batch",
        "doctor physician dietician nutritionist expert consult consultation",
        "game match contest league tournament round fixture permainan",
        "team squad lineup line+up player captain pasukan",
        "win winning won winner prize jackpot menang hadiah+kemenangan",
        "score points+table scorecard leaderboard ranking rank",
        "refer referral invite invitation refer+a+friend referral+code",
        "crash hang hanging freeze frozen lag lagging slow+app not+loading not+opening",
        "install download apk uninstall reinstall play+store app+store",
        "blocked banned suspended disabled locked",
        "bonus cashback cash+back free+credit",
        "weather temperature forecast rain cuaca",
        "car vehicle auto kereta mobil",
        "travel trip flight vacation fly hotel",
        "song music play playlist lagu",
        "tell explain describe know inform information info share maklumat informasi",
    ];

    // The same in Chinese, each row under the first word of its group; a word of three or four letters is a phrase of pairs.
    private static readonly string[] GroupsInChinese =
    [
        "price 多少钱 几多钱 几钱 价钱 价格 售价 怎么卖 要多少 卖多少",
        "cheap 便宜 比较便宜",
        "discount 折扣 打折 优惠 促销 特价 优惠码 优惠券 折扣码 半价",
        "buy 下单 购买 想买 要买",
        "order 订单 那张单 我的单 订了 买了",
        "stock 有货 现货 库存 存货 补货 缺货 断货 没货 卖完 进货 到货 还有货",
        "size 尺码 尺寸 大小 几号 什么码 码数",
        "colour 颜色",
        "compare 区别 分别 不一样 差别",
        "feature 材质 材料 什么料 布料 面料",
        "gift 礼物 礼品 送人 送朋友",
        "store 店面 门店 实体店 门市 店铺",
        "wholesale 批发 大量",
        "pay 付款 支付 付钱 给钱 结账 付费 付款方式",
        "cod 货到付款 到付",
        "instalment 分期 分期付款",
        "card 信用卡 刷卡 银行卡",
        "wallet 微信支付 支付宝 电子钱包 微信",
        "invoice 发票 收据 单据",
        "refund 退款 退钱 退回款 退我钱 还我钱 钱退",
        "deliver 派送 配送 送货 寄送 运送 快递 物流 寄去 寄到 送到 发货 出货 寄出",
        "运费 邮费 邮资 快递费 送货费 免运 包邮 免邮",
        "parcel 包裹 我的货 东西",
        "where 哪里 在哪 到哪 单号 进度 追踪 查单 物流单",
        "when 几时 什么时候 何时 几天 多久 多少天 几号到",
        "arrive 收到 送达 会到 没到 到了 还没来",
        "late 很慢 这么慢 很久 好久 迟了 太慢 太久 怎么还没",
        "address 地址 搬家 门牌",
        "pickup 自取 自己拿 自己来",
        "return 退货 退回 寄回 退掉 退换 退货政策",
        "exchange 换货 更换 调换 换一件 想换 要换 换大 换小 换成",
        "cancel 取消",
        "broken 破了 破的 坏了 坏的 坏掉 裂了 裂痕 碎了 烂了 烂掉 压扁 损坏 破损",
        "wrong 寄错 发错 错货 不对 送错 错了",
        "missing 少了 漏了 缺了 少寄 漏寄 没有全 少一",
        "warranty 保修 保固 质保 保用",
        "clean 洗衣机 清洗 水洗 洗碗机",
        "complain 投诉 差评 态度差 服务差 失望 很差 好差",
        "account 账号 账户 户口 登录 登入 帐号",
        "register 注册",
        "password 密码 验证码",
        "hours 营业 营业时间 几点 开门 关门 打烊 有开 休息",
        "bot 机器人 真人 自动回复",
    ];

    private static readonly Dictionary<string, string> MeaningOf = ByWord();

    private const int ShortestMisspelt = 5;

    // What is left of a known word when one letter is struck out, with the word.
    private static readonly Dictionary<string, string> OneLetterLess = WithoutOneLetter();

    private static readonly HashSet<string> PhraseStarts =
        [.. MeaningOf.Keys.Where(key => key.Contains(' ', StringComparison.Ordinal)).Select(key => key.Split(' ')[0])];

    /// <summary>The meaning of the word at <paramref name="at"/>, or of the phrase that starts there, and how many words it spans. A word outside
    /// all groups means its stem.</summary>
    public static (string Meaning, int Length) Meaning(IReadOnlyList<string> tokens, int at)
    {
        if (PhraseStarts.Contains(tokens[at]))
        {
            for (var length = Math.Min(LongestPhrase, tokens.Count - at); length > 1; length--)
            {
                if (MeaningOf.TryGetValue(string.Join(' ', tokens.Skip(at).Take(length)), out var phrase))
                {
                    return (phrase, length);
                }
            }
        }

        return (Meaning(tokens[at]), 1);
    }

    /// <summary>Whether a word, or its stem, is in a group as it is written.</summary>
    public static bool Knows(string word) => MeaningOf.ContainsKey(word) || MeaningOf.ContainsKey(Stem(word));

    /// <summary>The meaning of one word: its group's first word, or its stem.</summary>
    public static string Meaning(string word) =>
        MeaningOf.TryGetValue(word, out var meaning) ? meaning
        : MeaningOf.TryGetValue(Stem(word), out meaning) ? meaning
        : Misspelt(word) ?? Stem(word);

    /// <summary>
    /// The meaning that <paramref name="word"/> has but for one slip of the fingers (a letter too few or too many, two changed places), or null.
    /// Found by what is left when one letter is struck out of both (Garbe's symmetric delete method); short words are left alone, as
    /// one letter makes another word of them.
    /// </summary>
    private static string? Misspelt(string word)
    {
        if (word.Length < ShortestMisspelt || char.IsDigit(word[0]))
        {
            return null;
        }

        if (OneLetterLess.TryGetValue(word, out var whole))
        {
            return MeaningOf[whole];
        }

        for (var at = 1; at < word.Length; at++)
        {
            var shorter = word.Remove(at, 1);
            if (MeaningOf.TryGetValue(shorter, out var meaning) && shorter.Length >= ShortestMisspelt)
            {
                return meaning;
            }

            if (OneLetterLess.TryGetValue(shorter, out whole) && IsSwapped(word, whole))
            {
                return MeaningOf[whole];
            }
        }

        return null;
    }

    /// <summary>Whether the words differ only by two neighbouring letters that changed places.</summary>
    private static bool IsSwapped(string word, string other)
    {
        if (word.Length != other.Length)
        {
            return false;
        }

        var at = word.AsSpan().CommonPrefixLength(other);
        return at + 1 < word.Length
            && word[at] == other[at + 1]
            && word[at + 1] == other[at]
            && word.AsSpan(at + 2).SequenceEqual(other.AsSpan(at + 2));
    }

    private static Dictionary<string, string> WithoutOneLetter()
    {
        var words = new Dictionary<string, string>();
        foreach (var word in MeaningOf.Keys.Where(word => word.Length > ShortestMisspelt && !word.Contains(' ', StringComparison.Ordinal)))
        {
            for (var at = 1; at < word.Length; at++)
            {
                words.TryAdd(word.Remove(at, 1), word);
            }
        }

        return words;
    }

    /// <summary>The word without the commonest English endings: "pillows" and "pillow", "delivered" and "deliver" are one.</summary>
    internal static string Stem(string word)
    {
        foreach (var ending in (ReadOnlySpan<string>)["ing", "ies", "ied", "ed", "es", "s", "d", "e", "y"])
        {
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal) && !word.EndsWith("ss", StringComparison.Ordinal))
            {
                return word[..^ending.Length];
            }
        }

        return word;
    }

    private static Dictionary<string, string> ByWord()
    {
        var meaningOf = new Dictionary<string, string>();
        foreach (var words in Groups.Concat(GroupsInChinese).Select(group => group.Replace('+', '_').Split(' ')))
        {
            foreach (var word in words.Select(word => string.Join(' ', word.Split('_').SelectMany(Parts))))
            {
                meaningOf.TryAdd(word, words[0]);
                meaningOf.TryAdd(Stem(word), words[0]);
            }
        }

        return meaningOf;
    }

    private static IEnumerable<string> Parts(string word) => Scripts.IsUnspaced(word[0]) ? Tokens.Of(word) : Shorthand.Of(word);
}
