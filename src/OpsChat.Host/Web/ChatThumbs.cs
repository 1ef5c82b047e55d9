using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Playbooks;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <param name="Word"><c>up</c>, <c>down</c> or <c>person</c>.</param>
sealed record PostedThumb(string? Word);

/// <summary>
/// The customer's word on an automatic answer in the web chat, scored as a tap in Telegram is. Each answer has one word: a second is told which
/// stands, since the first may have led to something already.
/// </summary>
sealed class ChatThumbs(IStore store, CurrentPlaybooks knowledge, OpsChatOptions options, TimeProvider time)
{
    private readonly RateLimit _pace = new("thumbs", options.Messages.MostPerMinute, TimeSpan.FromMinutes(1), store, time);

    public async Task<IResult> PostAsync(ConversationId customer, long seq, PostedThumb thumb, HttpContext context)
    {
        if (thumb.Word is not (AnswerTap.Up or AnswerTap.Down or AnswerTap.Person))
        {
            return Problems.Error(StatusCodes.Status400BadRequest, "The word on an answer is up, down or person.");
        }

        if (await _pace.TakeAsync(customer.ToString(), context.RequestAborted) is { } wait)
        {
            return Problems.TooMany(context, wait);
        }

        var (isAnswer, isFirst, word) = await store.WriteAsync(
            session =>
                session.Thumbs.AnswerAt(customer, seq) is not { } answer
                    ? default
                    : (
                        true,
                        AnswerTap.Record(session, customer, answer, thumb.Word, knowledge(), time.GetUtcNow()),
                        session.Thumbs.OfAnswers(customer, seq - 1)[seq]
                    ),
            context.RequestAborted
        );
        if (!isAnswer)
        {
            return Problems.Error(StatusCodes.Status404NotFound, "There is no automatic answer at this place of your conversation.");
        }

        return Results.Json(new { thumb = word }, statusCode: isFirst ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }
}
