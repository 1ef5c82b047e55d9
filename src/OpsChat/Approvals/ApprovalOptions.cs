using System.ComponentModel.DataAnnotations;

namespace OpsChat.Approvals;

public sealed class ApprovalOptions
{
    /// <summary>How long an approval may wait, in opening hours. Default 12 h; from 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan RespondWithin { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Who may decide; empty: the owner token alone is one approver named owner, without limit.</summary>
    public IList<ApproverOptions> Approvers { get; } = [];

    /// <summary>More pending approvals of one customer are handed to a person instead. Default 5; from 1 to 100.</summary>
    [Range(1, 100)]
    public int MostPendingOfCustomer { get; set; } = 5;
}

/// <summary>One person who may decide approvals.</summary>
public sealed class ApproverOptions
{
    public string Name { get; set; } = "";
    public long TelegramId { get; set; }
    public string Token { get; set; } = "";

    /// <summary>The largest amount, in major units of the shop's currency; null for no limit.</summary>
    public decimal? Limit { get; set; }
}
