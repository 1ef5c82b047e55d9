namespace OpsChat.Storage.Postgres;

/// <summary>Brings the tables of a schema up to date, all steps in one transaction, by one host at a time. An older host that runs goes on beside
/// it: a step only adds, and what nobody needs any more goes with a later version.</summary>
static class PostgresUpgrade
{
    private const string Versions = "opschat_version";

    public static void Run(PostgresConnection connection, string place) => Run(connection, place, Schema.PostgresSteps);

    /// <param name="steps">Step N brings the tables from version N-1 to N.</param>
    internal static void Run(PostgresConnection connection, string place, string[] steps)
    {
        if (connection.Ask<string>("select current_schema()::text") is null)
        {
            throw new StoreException(
                $"{place} has no schema of that name. Create it, or name another one with Search Path in OpsChat__Store."
            );
        }

        connection.Run("begin");
        PostgresLock.Take(connection, PostgresLock.Upgrade);
        connection.Run($"create table if not exists {Versions} (version bigint not null)");
        var version = connection.Ask<object>($"select max(version) from {Versions}") is long known ? (int)known : 0;
        if (version == 0 && connection.Ask<object>("select to_regclass('conversations')::text") is string)
        {
            throw new StoreException($"{place} has tables of something else. Give OpsChat a database, or a schema, of its own.");
        }

        if (version > steps.Length)
        {
            throw new StoreException(
                $"{place} was brought up to date by a newer OpsChat (schema {version}; this one knows {steps.Length}). Start the newer version."
            );
        }

        for (var step = version; step < steps.Length; step++)
        {
            connection.Run(steps[step]);
            connection.Run($"insert into {Versions} (version) values ({step + 1})");
        }

        connection.Run("commit");
    }
}
