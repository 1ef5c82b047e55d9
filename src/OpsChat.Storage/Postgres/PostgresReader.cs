using System.Collections;
using System.Data.Common;
using Npgsql;

namespace OpsChat.Storage.Postgres;

/// <summary>Rows as they come; those that are left are kept in memory when the connection is needed for something else.</summary>
sealed class PostgresReader(NpgsqlDataReader inner) : DbDataReader
{
    private readonly Queue<object[]> _rest = [];
    private string[] _names = Names(inner);
    private Type[] _types = Types(inner);
    private bool _hasRows = inner.HasRows;
    private object[] _row = [];
    private bool _isTaken;

    public override int Depth => 0;
    public override int FieldCount => _names.Length;
    public override bool HasRows => _hasRows;
    public override bool IsClosed => inner.IsClosed && !_isTaken;
    public override int RecordsAffected => inner.RecordsAffected;
    public override object this[int ordinal] => _row[ordinal];
    public override object this[string name] => _row[GetOrdinal(name)];

    public void TakeRest()
    {
        if (_isTaken || inner.IsClosed)
        {
            return;
        }

        while (Next() is { } row)
        {
            _rest.Enqueue(row);
        }

        _isTaken = true;
        inner.Dispose();
    }

    public override bool Read()
    {
        var next = !_isTaken ? Next() : _rest.TryDequeue(out var kept) ? kept : null;
        _row = next ?? [];
        return next is not null;
    }

    private object[]? Next()
    {
        if (!inner.Read())
        {
            return null;
        }

        var row = new object[_names.Length];
        inner.GetValues(row);
        return row;
    }

    /// <summary>Only the rows of the result that is being read are kept when the connection is needed for something else.</summary>
    public override bool NextResult()
    {
        if (_isTaken || !inner.NextResult())
        {
            return false;
        }

        (_names, _types, _hasRows) = (Names(inner), Types(inner), inner.HasRows);
        return true;
    }

    public override string GetName(int ordinal) => _names[ordinal];

    public override Type GetFieldType(int ordinal) => _types[ordinal];

    public override string GetDataTypeName(int ordinal) => _types[ordinal].Name;

    public override int GetOrdinal(string name) => Array.FindIndex(_names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    public override object GetValue(int ordinal) => _row[ordinal];

    public override bool IsDBNull(int ordinal) => _row[ordinal] is DBNull;

    public override string GetString(int ordinal) => (string)_row[ordinal];

    public override long GetInt64(int ordinal) => Convert.ToInt64(_row[ordinal], null);

    public override int GetInt32(int ordinal) => Convert.ToInt32(_row[ordinal], null);

    public override short GetInt16(int ordinal) => Convert.ToInt16(_row[ordinal], null);

    public override double GetDouble(int ordinal) => Convert.ToDouble(_row[ordinal], null);

    public override float GetFloat(int ordinal) => Convert.ToSingle(_row[ordinal], null);

    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(_row[ordinal], null);

    public override bool GetBoolean(int ordinal) => (bool)_row[ordinal];

    public override byte GetByte(int ordinal) => (byte)_row[ordinal];

    public override char GetChar(int ordinal) => (char)_row[ordinal];

    public override DateTime GetDateTime(int ordinal) => (DateTime)_row[ordinal];

    public override Guid GetGuid(int ordinal) => (Guid)_row[ordinal];

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy((byte[])_row[ordinal], dataOffset, buffer, bufferOffset, length);

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(((string)_row[ordinal]).ToCharArray(), dataOffset, buffer, bufferOffset, length);

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, _row.Length);
        Array.Copy(_row, values, count);
        return count;
    }

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    public override void Close()
    {
        _rest.Clear();
        if (!_isTaken)
        {
            inner.Close();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    private static string[] Names(NpgsqlDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];

    private static Type[] Types(NpgsqlDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)];

    private static long Copy<T>(T[] from, long offset, T[]? to, int at, int length)
    {
        if (to is null)
        {
            return from.Length;
        }

        var count = (int)Math.Min(length, from.Length - offset);
        Array.Copy(from, offset, to, at, count);
        return count;
    }
}
