using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace OpsChat.Storage;

/// <summary>
/// Connects the SQLite provider to the operating system's own library, which gets its security fixes from the distribution.
/// The provider asks for <c>e_sqlite3</c>; the resolver answers with <c>libsqlite3</c>.
/// </summary>
static class SystemSqlite
{
    private static readonly string[] Candidates = OperatingSystem.IsMacOS()
        ? ["libsqlite3.dylib"]
        : OperatingSystem.IsWindows() ? ["winsqlite3", "sqlite3"] : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lazy<string?> Problem = new(Connect);

    /// <summary>Loads the library once for the process.</summary>
    /// <exception cref="StoreException">It is not installed; the message names the package.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Use()
    {
        if (Problem.Value is { } problem)
        {
            throw new StoreException(problem);
        }
    }

    private static string? Connect()
    {
        var found = Array.Find(Candidates, name => NativeLibrary.TryLoad(name, out _));
        if (found is null)
        {
            return "The SQLite library is not installed. Install it (Debian, Ubuntu: apt-get install libsqlite3-0; Fedora: dnf install sqlite-libs; "
                + "Alpine: apk add sqlite-libs) and start again.";
        }

        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) =>
            name == "e_sqlite3" ? NativeLibrary.Load(found) : IntPtr.Zero);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return null;
    }
}
