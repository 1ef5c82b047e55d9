using System.Numerics;
using OpsChat.Facts;
using OpsChat.Messages;

namespace OpsChat.Agent;

/// <summary>What the owner is told of wrong order details. No order and no detail is named: a notice outlives what a customer wants erased.</summary>
static class GuessNotices
{
    /// <summary>Chats of one day, with wrong details of any kind, of which the owner is told; then of each doubling.</summary>
    public const int MostChats = 20;

    /// <param name="tries">Of today, with the latest.</param>
    /// <returns>Null when this try is none to tell of.</returns>
    public static string? For(string key, int tries, ConversationId latest) =>
        (key, tries) switch
        {
            (Identity.AnyChat, _) when tries % MostChats == 0 && BitOperations.IsPow2(tries / MostChats) =>
                $"Wrong order details were given in {tries} chats today, the latest in {latest}. It may be one person guessing: look at "
                    + "the latest chats that gave an order number.",
            (Identity.AnyChat, _) => null,
            (_, Identity.TriesOfOrderForAPerson) =>
                $"Guesses at one order go on: {tries} today, the latest in {latest}. Until midnight whoever asks about it is passed to a "
                    + "person, who sees what was given.",
            (_, Identity.ChatsOfDetailADay) when key.StartsWith("detail ", StringComparison.Ordinal) =>
                $"The same e-mail address or phone ending was given with wrong order numbers in {tries} chats today, the latest in {latest}"
                    + ". Somebody may be guessing an order's number: "
                    + "until midnight that detail is no proof alone, the other one is asked for too.",
            (_, Identity.TriesOfOrderADay) when !key.StartsWith("detail ", StringComparison.Ordinal) =>
                $"Wrong details were given for one order {tries} times today, the latest in {latest}. Until midnight whoever asks about it "
                    + "must give both e-mail address and phone ending.",
            _ => null,
        };
}
