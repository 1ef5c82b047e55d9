using OpsChat.Approvals;

namespace OpsChat.Channels.Telegram.Desk;

/// <summary>Taps on cards that ask for a yes or a no, and for nothing else.</summary>
public sealed class YesNoTaps(RolloutTaps rollout, ActionTaps actions, TranslationTaps translations)
{
    /// <returns>The answer for the tap; null when the button is not ours, or what it is about has changed.</returns>
    public Task<string?> TapAsync(TelegramNews.Tap tap, ButtonData data, Approver who, CancellationToken cancellationToken) => data.Verb switch
    {
        ButtonVerb.SayYes or ButtonVerb.SayNo => rollout.TapAsync(tap, data, who, cancellationToken),
        ButtonVerb.ApproveAction or ButtonVerb.RejectAction => actions.TapAsync(tap, data, who, cancellationToken),
        ButtonVerb.TakeTranslation or ButtonVerb.RejectTranslation => translations.TapAsync(tap, data, who, cancellationToken),
        _ => Task.FromResult<string?>(null),
    };
}
