using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsChat.Channels.Telegram;

/// <summary>What a button stands for. The order is part of buttons that are already in chats: add at the end.</summary>
public enum ButtonVerb
{
    Approve, Edit, Reject, TakeOver, Later, AskReason,
    SendAsItIs, EditSuggestion, WriteOwn, NotACase,
    Right, AskWrong, Wrong, Back,
    ThumbUp, ThumbDown, WantPerson,
    SayYes, SayNo,
    ApproveAnyway, SendAnyway,
    ApproveAction, RejectAction,
    AskArrival, SendAgain, Arrived,
    SendOther, SendOtherAnyway,
    TakeTranslation, RejectTranslation,
    NotNeeded,
}

/// <summary>What a button carries.</summary>
/// <param name="Subject">The id of the approval, hand-off, answer or question.</param>
/// <param name="Revision">Of an approval; which other reply for <see cref="ButtonVerb.SendOtherAnyway"/>; 0 for what has none.</param>
/// <param name="Choice">The kind of error for <see cref="ButtonVerb.Reject"/> and <see cref="ButtonVerb.Wrong"/>; which other reply, from 1, for
/// <see cref="ButtonVerb.SendOther"/>; for <see cref="ButtonVerb.ApproveAnyway"/>, <see cref="ButtonVerb.SendAnyway"/> and
/// <see cref="ButtonVerb.SendOtherAnyway"/> what was shown to be confirmed (28 bits); else 0.</param>
public sealed record ButtonData(ButtonVerb Verb, string Subject, int Revision = 0, int Choice = 0);

/// <summary>
/// Signs what buttons carry, because anyone can send a tap with any data. The MAC is HMAC-SHA256 over subject, revision, verb, choice and
/// the hash of the content that the button was shown with, cut to 128 bits so that all fits into Telegram's 64 bytes.
/// </summary>
public sealed class ButtonSeal(byte[] key)
{
    private const int MacBytes = 16;

    /// <summary>As callback_data: at most 64 bytes for ids of <see cref="Ids"/> and revisions below a million.</summary>
    /// <param name="hash">Of the content that the button is about.</param>
    public string Write(ButtonData data, string hash) => $"{Plain(data)}.{Base64Url.EncodeToString(Mac(data, hash))}";

    /// <summary>What the data claims; null when it isn't of our form. Nothing may be done before <see cref="IsOurs"/>.</summary>
    public static ButtonData? Read(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 5
            && TryNumber(parts[0], out var verb) && Enum.IsDefined((ButtonVerb)verb)
            && TryNumber(parts[2], out var revision) && TryNumber(parts[3], out var choice)
            ? new((ButtonVerb)verb, parts[1], revision, choice) : null;
    }

    /// <summary>Whether we made this button for exactly this content. Takes the same time for every wrong MAC.</summary>
    public bool IsOurs(string text, ButtonData data, string hash)
    {
        Span<byte> claimed = stackalloc byte[MacBytes * 2];
        var mac = text.AsSpan(text.LastIndexOf('.') + 1);
        return mac.Length <= MacBytes * 2
            // The Try form throws for what is no Base64; a forged tap is not an exception.
            && Base64Url.DecodeFromChars(mac, claimed, out _, out var length) == OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(claimed[..length], Mac(data, hash));
    }

    private static string Plain(ButtonData data) => $"{(int)data.Verb}.{data.Subject}.{data.Revision}.{data.Choice}";

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private byte[] Mac(ButtonData data, string hash) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Plain(data)}.{hash}"))[..MacBytes];
}
