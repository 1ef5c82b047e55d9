using Npgsql;

namespace OpsChat.Storage.Postgres;

/// <summary>How OpsChat connects.</summary>
static class PostgresSettings
{
    /// <exception cref="StoreException">The text is no connection that Npgsql could make. What stands there is not repeated: it may hold a
    /// password.</exception>
    public static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connection);
            if (string.IsNullOrEmpty(settings.Host))
            {
                throw Unreadable(null);
            }

            settings.ApplicationName ??= "OpsChat";
            settings.IncludeErrorDetail = false;
            // The tables say the same hundred sentences all day.
            settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, 250);
            settings.AutoPrepareMinUsages = 2;
            // Sessions that only read say so themselves (PostgresPools), and would be taken for those of a replica.
            if (settings.TargetSessionAttributes is "read-write")
            {
                settings.TargetSessionAttributes = "primary";
            }

            // Each pool's sessions are all alike (PostgresPools): putting one right again before its next use costs more than most of what is asked.
            settings.NoResetOnClose = true;
            return settings;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>In words for a person, without user and password.</summary>
    public static string Place(NpgsqlConnectionStringBuilder settings) =>
        $"PostgreSQL database {settings.Database ?? settings.Username} at {settings.Host}"
        + (settings.Host!.Contains(':') || settings.Host.Contains('/') ? "" : $":{settings.Port}");

    private static StoreException Unreadable(Exception? why)
    {
        const string Text = "OpsChat__Store is not a connection to PostgreSQL. Write it like "
            + "Host=db.example;Database=opschat;Username=opschat;Password=…, or leave it empty for the embedded store.";
        return why is null ? new(Text) : new(Text, why);
    }
}
