using OpsChat.Approvals;
using OpsChat.Drafting;
using OpsChat.Facts;
using OpsChat.Messages;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>
/// Translates a line of a conversation for the person who reads it, or a person's own words for the customer. It is shown beside the words and never
/// takes their place: nothing is stored and nothing is sent. The model's budget of the day and of the conversation counts it.
/// </summary>
public sealed class ReaderTranslator(ModelWriter writer, IStore store, IShop shop)
{
    /// <param name="language">BCP 47 tag.</param>
    public async Task<ModelAnswer<string>> TranslateAsync(
        Approver who,
        ConversationId about,
        string text,
        string language,
        CancellationToken cancellationToken
    )
    {
        if (await store.ReadAsync(session => session.Conversations.Find(about), cancellationToken) is not { } known)
        {
            return new ModelAnswer<string>.None(ModelFailure.Empty, "Nobody has written there yet.");
        }

        var context = new ModelContext(about.ToString(), text, [], await DetailsAsync(known, cancellationToken));
        var answer = await writer.TranslateAsync(text, language, context, cancellationToken);
        await store.WriteAsync(
            session =>
            {
                foreach (var use in answer.Uses.Where(use => use.WasCalled))
                {
                    session.ModelUses.Add(use);
                    session.Audit.Append("model", who.Name, about, new { Verb = "translate", use.Model, use.Tokens, use.Outcome }, use.At);
                }
            },
            cancellationToken
        );
        return answer;
    }

    /// <summary>What is hidden from the model: the name of the chat, and the proven order's details.</summary>
    private async Task<IReadOnlyList<KnownDetail>> DetailsAsync(Conversation known, CancellationToken cancellationToken)
    {
        List<KnownDetail> details = known.Name is { Length: > 0 } called ? [new(DetailKind.Name, called)] : [];
        if (known.Identity.Proven.Count == 0)
        {
            return details;
        }

        try
        {
            var order = await shop.FindOrderAsync(known.Identity.Proven[^1], cancellationToken);
            details.AddRange(order?.BuyerName is { Length: > 0 } name ? [new(DetailKind.Name, name)] : []);
            details.AddRange(order?.Email is { Length: > 0 } email ? [new(DetailKind.Email, email)] : []);
        }
        catch (ShopUnavailableException)
        {
            // The text's own e-mail addresses and numbers are hidden in any case.
        }

        return details;
    }
}
