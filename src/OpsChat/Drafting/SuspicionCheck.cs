using System.Text.RegularExpressions;
using OpsChat.Text;

namespace OpsChat.Drafting;

/// <summary>
/// No customer is told that an order looks suspicious, nor by which sign: most of those who are looked at are honest, and the others learn from
/// it (OPERATIONS F11). What the owner wrote may be said: a shop may warn of swindlers in its own words.
/// </summary>
internal static class SuspicionCheck
{
    private static readonly Regex s_words = PromiseWords.Any(
        "fraud* scam* swindl* suspicio* suspect* blacklist* blocklist* chargeback* charge_back charge-back red_flag* flagged high-risk "
            + "high_risk risk_score* "
            + "risk_level* risk_check* risk_assessment risk_rating risky stolen_card* stolen_credit money_launder* launder* identity_theft "
            + "fake_order* "
            + "not_genuine not_trustworthy untrustworthy mismatch* do_not_match don't_match does_not_match doesn't_match forwarder freight_forward* "
            + "disposable_e-mail disposable_email throwaway_email throw-away unusual_activity unusual_order* security_check* "
            + "penipu* penipuan tipu menipu scammer mencurigakan syak mengesyaki disyaki curiga dicurigai senarai_hitam daftar_hitam "
            + "berisiko risiko_tinggi kad_curi kartu_curian "
            + "tidak_sepadan tidak_cocok "
            + "gian_lận lừa_đảo nghi_ngờ khả_nghi đáng_ngờ danh_sách_đen rủi_ro_cao thẻ_bị_đánh_cắp không_khớp "
            + "ฉ้อโกง หลอกลวง น่าสงสัย ต้องสงสัย มิจฉาชีพ บัญชีดำ ความเสี่ยง บัตรที่ถูกขโมย ไม่ตรงกัน "
            + "panloloko manloloko kahina-hinala pinaghihinalaan mapanganib_na_order nakaw_na_card hindi_tugma "
            + "欺诈 欺詐 诈骗 詐騙 可疑 嫌疑 黑名单 黑名單 高风险 高風險 风险等级 風險等級 盗刷 盜刷 骗子 騙子 不一致 不相符 拒付");

    public static IEnumerable<GuardFailure> Failures(string words, GuardInput input)
    {
        var said = s_words.Matches(PlainText.NormaliseLower(words)).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToList();
        if (said.Count == 0)
        {
            return [];
        }

        var owners = input.OwnersTexts.Select(PlainText.NormaliseLower).ToList();
        return said
            .Where(word => !owners.Exists(text => text.Contains(word, StringComparison.Ordinal)))
            .Select(word => new GuardFailure(
                Guardrail.Suspicion,
                word,
                $"“{word}” tells a customer of a suspicion. Say that the details of the order are being checked, and no more."
            ));
    }
}
