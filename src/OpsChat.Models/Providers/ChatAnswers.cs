using Microsoft.Extensions.AI;
using OpsChat.Drafting;

namespace OpsChat.Models.Providers;

/// <summary>What a chat service's response is worth.</summary>
internal static class ChatAnswers
{
    /// <summary>Complete and with words, or a failure: an answer without a reason for its end was cut off on the way.</summary>
    public static ModelAnswer<string> Read(ChatResponse response)
    {
        var text = response.Messages.Count > 0 ? response.Messages[^1].Text : "";
        return response switch
        {
            _ when response.FinishReason == ChatFinishReason.ContentFilter || response.Messages.Any(m => m.Contents.Any(c => c is ErrorContent)) =>
                None(ModelFailure.Refused, "The model declined to answer."),
            _ when response.FinishReason == ChatFinishReason.Length => None(ModelFailure.CutOff, "The model's answer reached the token limit."),
            _ when response.FinishReason != ChatFinishReason.Stop => None(ModelFailure.CutOff, "The model's answer ended without being complete."),
            _ when string.IsNullOrWhiteSpace(text) => None(ModelFailure.Empty, "The model's answer was empty."),
            _ => new ModelAnswer<string>.Given(text),
        };
    }

    private static ModelAnswer<string>.None None(ModelFailure failure, string sentence) => new(failure, sentence);
}
