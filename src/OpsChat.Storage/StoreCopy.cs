using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using OpsChat.Storage.Postgres;

namespace OpsChat.Storage;

/// <summary>What was copied, and whether both say the same.</summary>
/// <param name="Difference">The first row that is not the same, in words; null when all are.</param>
public sealed record CopiedStore(int Tables, long Rows, string? Difference);

/// <summary>Copies all rows between an embedded store and PostgreSQL.</summary>
public static class StoreCopy
{
    // Kept by the database itself from the other tables.
    private static bool IsOfTheIndex(string table) => table.StartsWith("search", StringComparison.Ordinal) && table != "search_lines";

    /// <summary>Copies an embedded store, which nobody may write meanwhile, into an empty PostgreSQL database, all or nothing, and compares both
    /// row by row.</summary>
    /// <exception cref="StoreException">The database has conversations already, or something cannot be stored in it.</exception>
    public static async Task<CopiedStore> ToPostgresAsync(string file, string connection, CancellationToken cancellationToken)
    {
        // Both are brought up to date first.
        await (await SqliteStore.OpenAsync(file, cancellationToken)).DisposeAsync();
        await (await PostgresStore.OpenAsync(connection, cancellationToken)).DisposeAsync();
        var settings = PostgresSettings.Read(connection);
        await using var from = Open(file, SqliteOpenMode.ReadOnly);
        await using var inner = new NpgsqlConnection(settings.ConnectionString);
        await using var to = new PostgresConnection(inner);
        try
        {
            to.Open();
            to.Run("begin");
            PostgresLock.Take(to, PostgresLock.Write);
            if (PostgresHosts.AreAny(to))
            {
                throw new StoreException($"A host is at work on {PostgresSettings.Place(settings)}. Stop all hosts, then migrate.");
            }

            if (to.Ask<long>("select (select count(*) from conversations) + (select count(*) from audit)") > 0)
            {
                throw new StoreException(
                    $"{PostgresSettings.Place(settings)} has conversations already. Name an empty one, so that no shop is written over."
                );
            }

            var (tables, rows) = (TablesOf(from), 0L);
            foreach (var table in tables)
            {
                to.Run($"alter table {table.Name} disable trigger user");
                to.Run($"delete from {table.Name}");
                rows += Import(from, inner, table, cancellationToken);
                to.Run($"alter table {table.Name} enable trigger user");
            }

            CountOn(to);
            to.Run(
                """
                insert into search (rowid, words) select l.id, search_vector(coalesce(l.words, i.text, o.text, n.text, '')) from search_lines l
                left join inbox i on i.id = l.ref left join outbox o on o.id = l.ref left join internal_notes n on n.id = l.ref
                """
            );
            var difference = FirstDifference(from, to, tables, cancellationToken);
            to.Run(difference is null ? "commit" : "rollback");
            return new(tables.Count, rows, difference);
        }
        catch (NpgsqlException e)
        {
            throw PostgresTrouble.Explain(e, PostgresSettings.Place(settings));
        }
    }

    /// <summary>The first row of which an embedded store and a PostgreSQL database do not say the same, in words; null when all are the
    /// same.</summary>
    internal static async Task<string?> DifferenceAsync(string file, string connection, CancellationToken cancellationToken)
    {
        await using var from = Open(file, SqliteOpenMode.ReadOnly);
        await using var to = new PostgresConnection(new NpgsqlConnection(PostgresSettings.Read(connection).ConnectionString));
        to.Open();
        return FirstDifference(from, to, TablesOf(from), cancellationToken);
    }

    /// <summary>Writes an embedded store beside <paramref name="file"/> and moves it into place when it is whole.</summary>
    /// <param name="from">In a transaction that sees one state of the database.</param>
    internal static void ToFile(DbConnection from, string file, CancellationToken cancellationToken)
    {
        var part = file + ".part";
        File.Delete(part);
        PrivateFile.Create(part).Dispose();
        using (var to = Open(part, SqliteOpenMode.ReadWrite))
        {
            SqliteUpgrade.RunAsync(to, part, cancellationToken).GetAwaiter().GetResult();
            to.Run("begin immediate");
            var triggers = to.Query<(string Name, string Sql)>("select name, sql from sqlite_master where type = 'trigger'").ToList();
            triggers.ForEach(trigger => to.Run($"drop trigger {trigger.Name}"));
            foreach (var table in TablesOf(to))
            {
                Insert(from, to, table, cancellationToken);
            }

            triggers.ForEach(trigger => to.Run(trigger.Sql));
            to.Run("insert into search (search) values ('rebuild')");
            to.Run("insert into search_signs (rowid, words) select id, words from search_signs_texts");
            to.Run("commit");
        }

        File.Move(part, file);
    }

    /// <summary>The first row of which both do not say the same, in words.</summary>
    private static string? FirstDifference(DbConnection one, DbConnection other, IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            using var left = one.ExecuteReader(table.Selection);
            using var right = other.ExecuteReader(table.Selection);
            for (var row = 1L; ; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (hasLeft, hasRight) = (left.Read(), right.Read());
                if (hasLeft != hasRight)
                {
                    return $"{table.Name} has {(hasLeft ? "fewer" : "more")} rows in the copy.";
                }

                if (!hasLeft)
                {
                    break;
                }

                for (var i = 0; i < table.Columns.Count; i++)
                {
                    if (!AreSame(table.Columns[i].Read(left.GetValue(i)), table.Columns[i].Read(right.GetValue(i))))
                    {
                        return $"{table.Name}, row {row}: {table.Columns[i].Name} is not the same in the copy.";
                    }
                }
            }
        }

        return null;
    }

    private static bool AreSame(object? one, object? other) =>
        one is byte[] left && other is byte[] right ? left.AsSpan().SequenceEqual(right) : Equals(one, other);

    private static long Import(SqliteConnection from, NpgsqlConnection to, Table table, CancellationToken cancellationToken)
    {
        using var rows = from.ExecuteReader(table.Selection);
        using var import = to.BeginBinaryImport($"copy {table.Name} ({table.Names}) from stdin (format binary)");
        var count = 0L;
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            import.StartRow();
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var (column, value) = (table.Columns[i], table.Columns[i].Read(rows.GetValue(i)));
                if (value is string text && PostgresConnection.Storable(text) != text)
                {
                    throw new StoreException(
                        $"{table.Name} has a row whose {column.Name} holds a character that PostgreSQL cannot store; its key is {rows.GetValue(0)}."
                    );
                }

                if (value is null)
                {
                    import.WriteNull();
                }
                else
                {
                    import.Write(value, column.Type);
                }
            }

            count++;
        }

        import.Complete();
        return count;
    }

    private static void Insert(DbConnection from, SqliteConnection to, Table table, CancellationToken cancellationToken)
    {
        to.Run($"delete from {table.Name}");
        using var insert = to.CreateCommand();
        insert.CommandText =
            $"insert into {table.Name} ({table.Names}) values ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        var parameters = table.Columns.Select((_, i) => insert.Parameters.AddWithValue($"@p{i}", DBNull.Value)).ToList();
        using var rows = from.ExecuteReader(table.Selection);
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Count; i++)
            {
                parameters[i].Value = table.Columns[i].Read(rows.GetValue(i)) ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Numbers that the database gives go on after the last that was copied.</summary>
    private static void CountOn(PostgresConnection to)
    {
        foreach (
            var (table, column) in to.Query<(string, string)>(
                    """
                    select table_name::text, column_name::text from information_schema.columns
                    where table_schema = current_schema() and is_identity = 'YES'
                    """
                )
                .ToList()
        )
        {
            to.Run(
                $"select setval(pg_get_serial_sequence('{table}', '{column}'), coalesce(max({column}), 1), max({column}) is not null) from {table}"
            );
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString()
        );
        connection.Open();
        return connection;
    }

    /// <summary>The tables of an embedded store; PostgreSQL has the same.</summary>
    private static List<Table> TablesOf(DbConnection embedded) =>
    [
        .. embedded.Query<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name")
            .Where(name => !IsOfTheIndex(name)).ToList()
            .Select(name => new Table(
                name,
                [
                    .. embedded.Query<(string Name, string Type, long Place)>($"select name, type, pk from pragma_table_info('{name}') order by cid")
                        .Select(column => new Column(column.Name, TypeOf(column.Type), column.Place)),
                ])),
    ];

    private static NpgsqlDbType TypeOf(string declared) => declared.ToLowerInvariant() switch
    {
        "text" => NpgsqlDbType.Text,
        "integer" or "bigint" => NpgsqlDbType.Bigint,
        "real" or "double precision" => NpgsqlDbType.Double,
        "blob" => NpgsqlDbType.Bytea,
        _ => throw new InvalidOperationException($"A column is declared as {declared}, which is none of the types of the tables."),
    };

    private sealed record Column(string Name, NpgsqlDbType Type, long PlaceInKey)
    {
        /// <summary>As the column is declared: the embedded database keeps what it is given.</summary>
        public object? Read(object value) => value switch
        {
            DBNull => null,
            _ => Type switch
            {
                NpgsqlDbType.Text => Convert.ToString(value, CultureInfo.InvariantCulture),
                NpgsqlDbType.Bigint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
                NpgsqlDbType.Double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
                _ => value,
            },
        };
    }

    private sealed record Table(string Name, IReadOnlyList<Column> Columns)
    {
        public string Names { get; } = string.Join(", ", Columns.Select(column => column.Name));

        /// <summary>All rows, in the order of their key; where there is none, in that of all columns, which orders rows that differ.</summary>
        public string Selection => $"select {Names} from {Name} order by {string.Join(", ", Order.Select(c => $"{c.Name} nulls first"))}";

        private IEnumerable<Column> Order =>
            Columns.Any(c => c.PlaceInKey > 0) ? Columns.Where(c => c.PlaceInKey > 0).OrderBy(c => c.PlaceInKey) : Columns;
    }
}
