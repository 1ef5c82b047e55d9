using System.Collections;
using System.Reflection;
using LiteDB.Engine;

namespace OpsChat.Storage.ErrorLog;

/// <summary>
/// A transaction that LiteDB could not close, because the disk was full or a page was damaged, throws once more when it is finalized, and an
/// exception there ends the process, with the chat and all approvals (LiteDB 5.0.21; its issues 2574, 2615, 2828). Such a file is deleted and
/// made anew, so nothing is lost when its transactions are not finalized.
/// </summary>
static class UnclosedTransactions
{
    // Neither is public. A test fails when they have other names in another version.
    private static readonly FieldInfo? s_monitor = typeof(LiteEngine).GetField("_monitor", BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly PropertyInfo? s_transactions = s_monitor?.FieldType.GetProperty("Transactions");

    /// <summary>Whether this version of LiteDB is built as it is supposed here.</summary>
    public static bool AreKnown => s_transactions is not null;

    public static void Defuse(LiteEngine engine)
    {
        if (s_monitor?.GetValue(engine) is { } monitor && s_transactions?.GetValue(monitor) is IEnumerable transactions)
        {
            foreach (var transaction in transactions)
            {
#pragma warning disable CA1816 // It is another's finalizer, on purpose: see above.
                GC.SuppressFinalize(transaction);
#pragma warning restore CA1816
            }
        }
    }
}
