using OpsChat.Text;
using System.Text.RegularExpressions;

namespace OpsChat.Drafting;

/// <summary>One kind of promise, in the languages of the shop.</summary>
/// <param name="Moves">Money or goods would move: then a promise to this customer needs more than a general mention.</param>
/// <param name="IsTime">It says when, not what.</param>
internal sealed record PromiseKind(string Name, bool Moves, bool IsTime, Regex Words);

/// <summary>The words that promise. A translation keeps the promise: "free", "percuma" and "ฟรี" are one kind.</summary>
internal static class PromiseWords
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Compiled;

    /// <summary>Every kind. Words are folded; <c>*</c> continues a word; an underscore is a space; <c>_~_</c> lets up to three words stand
    /// between two.</summary>
    public static IReadOnlyList<PromiseKind> All { get; } =
    [
        Money(
            "refund",
            "refund* money_back money-back moneyback reimburs* repay* pay_you pay_it_back pay_back paid_back paying_you paid_you "
                + "credit_you credited credit_your "
                + "transfer_you transferred deposit_~_into wire_you owe_you cash_out pindahkan_wang masukkan_wang memulangkan_~_bayaran* "
                + "bayaran_dipulangkan "
                + "bayaran_~_dikembalikan chuyển_khoản chuyển_tiền โอนเงิน โอนให้ 转账 轉帳 打款 付给您 付给你 wang_balik duit_balik bayar_balik bayaran_balik "
                + "pulang*_~_wang pulang*_~_duit pemulangan_wang kembali*_~_uang kembali*_~_dana pengembalian_dana pengembalian_uang "
                + "hoàn_tiền hoàn_lại hoàn_trả "
                + "trả_lại_tiền คืนเงิน เงินคืน ibabalik*_~_pera ibalik*_~_pera 退款 退钱 退錢 退还 退還 退费 退費"
        ),
        Money(
            "discount",
            "discount* markdown price_cut half_price half-price half_off % off rebate* promo_code diskaun* diskon* potongan* giảm_giá giảm_~_giá "
                + "khuyến_mãi ưu_đãi ส่วนลด ลดราคา ลดให้ diskwento bawas* 折扣 打折 优惠 優惠 减价 便宜"
        ),
        Money(
            "voucher",
            "voucher* coupon* gift_card* store_credit shop_credit credit_note* cashback baucar kupon* mã_giảm phiếu_mua คูปอง บัตรของขวัญ "
                + "แคชแบ็ก เครดิตเงิน 代金券 优惠券 優惠券 礼品卡 返现 购物券"
        ),
        Money(
            "compensation",
            "compensat* goodwill make_it_up make_up_for pampasan ganti_rugi kompensasi bồi_thường đền_bù ชดเชย kompensasyon danyos 赔偿 賠償 补偿 補償 赔付"
        ),
        Money("money", "money cash wang tunai duit uang dana tiền เงิน pera 钱 錢 现金 現金"),
        Money(
            "replacement",
            "replacement* replac* exchang* send_you_a_new send_a_new send_another new_one new_unit ganti diganti gantian penggantian menggantikan "
                + "digantikan tukar* menukar* ditukar* đổi_hàng đổi_mới đổi_trả đổi_cái เปลี่ยนสินค้า เปลี่ยนให้ เปลี่ยนตัว palit* "
                + "papalit* 换货 換貨 更换 更換 补发 補發 重发"
        ),
        Money(
            "free",
            "free complimentary on_the_house no_charge no_extra_charge no_cost no_extra_cost without_charge free_of_charge waiv* gift "
                + "gifts bonus gratis "
                + "percuma hadiah* tanpa_kos tanpa_bayaran tanpa_caj tanpa_biaya miễn_phí tặng ฟรี ของแถม แถมให้ libre* regalo 免费 免費 赠品 贈品 赠送 贈送 包邮"
        ),
        Money("cancellation", "cancel* membatalkan dibatalkan pembatalan batalkan hủy huỷ ยกเลิก kansel* kinansela 取消"),
        Money(
            "approval",
            "approv* authoris* authoriz* granted diluluskan meluluskan disetujui menyetujui phê_duyệt đã_duyệt chấp_nhận อนุมัติ aprubado "
                + "inaprubahan 批准 同意"
        ),
        Money(
            "entitlement",
            "eligib* entitle* qualif* you_deserve layak berhak memenuhi_syarat đủ_điều_kiện có_quyền มีสิทธิ์ karapat-dapat 有资格 有權 符合条件"
        ),
        Money(
            "exception",
            "exception* special_case one-time retroactiv* backdat* after_the_fact pengecualian ngoại_lệ ข้อยกเว้น eksepsyon 例外 破例"
        ),
        Money(
            "action",
            "i've_already we've_already have_already i_have_updated i_have_changed i_have_processed i_have_issued i_have_arranged we_have_updated "
                + "we_have_changed we_have_processed we_have_issued we_have_arranged has_been_processed has_been_issued has_been_updated "
                + "has_been_changed "
                + "reserved telah_diproses sudah_diproses telah_kami_proses đã_xử_lý ดำเนินการแล้ว naproseso 已处理 已办理"
        ),
        Term(
            "guarantee",
            "guarantee* promise promised promises we_assure i_assure rest_assured definitely for_sure 100% without_fail no_matter_what "
                + "jamin* menjamin "
                + "dijamin janji berjanji pasti đảm_bảo bảo_đảm cam_kết chắc_chắn hứa รับประกัน รับรอง แน่นอน สัญญา garantisado garantiya "
                + "sigurado siguradong pangako "
                + "ipinapangako 保证 保證 承诺 承諾 一定 肯定"
        ),
        Term("warranty", "warrant* waranti garansi bảo_hành ประกันสินค้า 保修 质保 保固"),
        Term("upgrade", "upgrad* naik_taraf nâng_cấp อัปเกรด อัพเกรด 升级 升級"),
        Term("price match", "price_match* match_the_price best_price lowest_price harga_terendah giá_tốt_nhất ราคาถูกที่สุด 最低价"),
        When("today", "today tonight hari_ini malam_ini hôm_nay tối_nay วันนี้ คืนนี้ ngayong_araw ngayong_gabi 今天 今日 今晚"),
        When("tomorrow", "tomorrow tmr tmrw tomoro esok besok ngày_mai พรุ่งนี้ bukas 明天 明日"),
        When("next week", "next_week minggu_depan minggu_hadapan tuần_sau tuần_tới สัปดาห์หน้า อาทิตย์หน้า susunod_na_linggo 下周 下週 下星期 下个星期"),
        When("this week", "this_week minggu_ini tuần_này สัปดาห์นี้ อาทิตย์นี้ ngayong_linggo 本周 这周 這週 这个星期"),
        When("weekend", "weekend* hujung_minggu akhir_pekan cuối_tuần วันหยุด 周末 週末"),
        When("next month", "next_month bulan_depan tháng_sau เดือนหน้า susunod_na_buwan 下个月 下個月"),
        When(
            "at once",
            "immediate* right_away right_now at_once straight_away instantly asap as_soon_as_possible overnight same-day same_day serta-merta segera "
                + "sekarang_juga ngay_lập_tức lập_tức ngay_bây_giờ ทันที เดี๋ยวนี้ agad* 马上 馬上 立即 立刻 尽快 盡快"
        ),
        When(
            "a few days",
            "few_days few_hours few_weeks few_minutes few_working_days couple_of_days couple_of_hours several_days beberapa_hari "
                + "beberapa_jam vài_ngày "
                + "vài_giờ ไม่กี่วัน ไม่กี่ชั่วโมง ilang_araw ilang_oras 几天 幾天 几小时"
        ),
    ];

    /// <summary>Phrases that hold a promise's or a negation's word and are neither. They are blanked before anything is looked for.</summary>
    public static Regex Idioms { get; } =
        Any(
            "feel_free toll-free toll_free hands-free sugar-free gluten-free free_size free_time no_problem no_problems no_worries "
                + "no_doubt not_only not_just as_soon_as_we_can as_soon_as_i_can as_soon_as_we_possibly_can as_soon_as_i_possibly_can "
                + "don't_worry do_not_worry don't_hesitate do_not_hesitate can't_wait tidak_apa tidak_hanya bukan_sahaja jangan_risau "
                + "không_sao không_chỉ "
                + "ไม่เป็นไร ไม่ต้องกังวล walang_anuman 不好意思 不客气 不用担心 不仅 没问题 沒問題"
        );

    /// <summary>Whether money or goods would move by a promise of that kind.</summary>
    public static bool Moves(string name) => !All.Any(kind => !kind.Moves && kind.Name == name);

    public static Regex Negations { get; } =
        Any(
            "not cannot can't won't don't doesn't didn't isn't aren't wasn't couldn't wouldn't no never unable nor neither without tidak "
                + "tak bukan belum tiada tanpa "
                + "không chưa chẳng ไม่ มิได้ hindi wala walang huwag 不 没 沒 無 无 未 非"
        );

    public static Regex Conditions { get; } =
        Any(
            "if once after when whenever unless until provided before as_long_as as_soon_as_we as_soon_as_you as_soon_as_it "
                + "as_soon_as_they as_soon_as_the should_you jika kalau sekiranya apabila bila selepas setelah sesudah nếu khi sau_khi "
                + "ถ้า หาก เมื่อ หลังจาก kung kapag pagkatapos 如果 若 一旦 之后 以后 的话"
        );

    /// <summary>Words by which a sentence binds the shop to this customer, as against stating a rule.</summary>
    public static Regex Commitments { get; } =
        Any(
            "we_will we'll i_will i'll we_can i_can we_have we've i_have i've we_are we're i_am i'm we_shall i_shall let_me you_will "
                + "you'll you_can you_get you_are "
                + "you're you_have you've has_been have_been is_on_its_way coming enjoy here_is here's here_are your_account just_for_you "
                + "to_you for_you kami_akan saya_akan "
                + "kami_boleh saya_boleh kami_telah saya_telah kami_sudah saya_sudah kami_dah kita_akan anda_akan anda_boleh awak_akan "
                + "akan_di* telah_di* sudah_di* untuk_anda "
                + "sẽ đã được cho_bạn จะ ได้ แล้ว ให้คุณ namin makakakuha makukuha para_sa_iyo ko mo 我们 我們 我会 我會 我已 您 你 已 会 會 将 將"
        );

    /// <summary>Words that tell of money that has gone back already.</summary>
    public static Regex Repaid { get; } =
        Any(
            "been_~_refunded been_~_reimbursed been_~_paid_back was_~_refunded were_~_refunded have_refunded has_refunded have_already_refunded "
                + "have_now_refunded have_fully_refunded have_paid_back have_already_paid_back we_refunded we_paid_back "
                + "sudah_~_dikembalikan telah_~_dikembalikan sudah_~_dipulangkan telah_~_dipulangkan sudah_~_pulangkan telah_~_pulangkan "
                + "sudah_~_kembalikan telah_~_kembalikan đã_~_hoàn คืนเงินแล้ว คืนเงินให้แล้ว คืนเงินให้คุณแล้ว ได้คืนเงิน na-refund "
                + "已退 已经退 已為您退 已为您退 已经为您退"
        );

    /// <summary>Words by which what follows is still to come.</summary>
    public static Regex Future { get; } =
        Any("will we'll i'll you'll it'll shall can could going_to about_to to_be akan boleh bakal sẽ จะ puwede maaari 会 會 将 將 可以");

    private static PromiseKind Money(string name, string words) => new(name, true, false, Any(words));

    private static PromiseKind Term(string name, string words) => new(name, false, false, Any(words));

    private static PromiseKind When(string name, string words) => new(name, false, true, Any(words));

    internal static Regex Any(string words) => new(string.Join('|', words.Split(' ').Select(One)), Options);

    private static string One(string word)
    {
        var pattern = Regex.Escape(word).Replace(@"\*", @"[\p{L}\p{M}]*").Replace("_~_", @"\s+(?:\S+\s+){0,3}").Replace("_", @"\s+");
        var isSpaced = !Scripts.IsHan(word[0]) && !Scripts.IsThai(word[0]);
        var start = isSpaced && char.IsLetter(word[0]) ? @"(?<![\p{L}\p{M}-])" : "";
        var end = isSpaced && char.IsLetter(word[^1]) ? @"(?![\p{L}\p{M}])" : "";
        return start + pattern + end;
    }
}
