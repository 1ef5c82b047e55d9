using System.Security.Cryptography;
using OpsChat.Approvals;
using OpsChat.Drafting;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>What the store remembers and is needed before the first message comes.</summary>
/// <param name="People">Who was added in the console and may sign in.</param>
/// <param name="ModelUsesToday">Since midnight, UTC: a restart does not give the day's tokens anew.</param>
/// <param name="ButtonKey">Signs the buttons that are in chats already; made at the first run, 32 bytes.</param>
public sealed record Remembered(IReadOnlyList<Person> People, IReadOnlyList<ModelUse> ModelUsesToday, byte[] ButtonKey)
{
    private const int KeyBytes = 32;

    public static Task<Remembered> ReadAsync(IStore store, DateTimeOffset now, CancellationToken cancellationToken) => store.WriteAsync(session =>
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return new Remembered(
            session.People.All(),
            [.. session.Turns.ModelUsesSince(midnight), .. session.ModelUses.Since(midnight)],
            ButtonKeyOf(session)
        );
    }, cancellationToken);

    /// <summary>Shows no key.</summary>
    public override string ToString() => nameof(Remembered);

    private static byte[] ButtonKeyOf(UnitOfWork session)
    {
        var known = session.Settings.Get(SettingNames.ButtonKey);
        if (known is null)
        {
            known = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
            session.Settings.Set(SettingNames.ButtonKey, known);
        }

        return Convert.FromHexString(known);
    }
}
