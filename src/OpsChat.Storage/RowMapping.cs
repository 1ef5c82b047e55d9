using System.Data;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Dapper;
using OpsChat.Approvals;
using OpsChat.Canary;
using OpsChat.Decisions;
using OpsChat.Facts;
using OpsChat.Learning;
using OpsChat.Messages;
using OpsChat.Operations.Monitors;
using OpsChat.Storage.Tables;
using OpsChat.Text;

namespace OpsChat.Storage;

/// <summary>
/// How Dapper reads and writes a row: <c>case_id</c> is <c>CaseId</c>, a time is milliseconds since 1970, a list is JSON. What cannot be read
/// throws; only a column that is null leaves its property as it is. The list of an <c>in @ids</c> is no column: it is given as an enumerable.
/// </summary>
static class RowMapping
{
    private static readonly Lazy<bool> s_registered = new(Register);

    /// <summary>Called before the first row of a process is read; Dapper keeps it for all.</summary>
    public static void Ensure() => _ = s_registered.Value;

    /// <summary>Does a work. Dapper says what stands in a column that cannot be read, which may be a customer's words: what was wrong with it is
    /// thrown alone.</summary>
    public static T Do<T>(UnitOfWork session, Func<UnitOfWork, T> work)
    {
        try
        {
            return work(session);
        }
        catch (DataException e) when (e.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    private static bool Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.TypeMapProvider = type => ConstructorOf(type) is { } constructor ? new PositionalMap(type, constructor) : new DefaultTypeMap(type);

        Add(value => ((long)value).Time(), time => time.Ms());
        Add(value => ConversationId.Parse((string)value), id => id.ToString());
        Add(value => new CustomerWords((string)value), words => words.Value);
        Add(value => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture), CounterTable.DayText);
        Add(ToDecimal, number => number.ToString(CultureInfo.InvariantCulture));
        Add(ToMoney, _ => throw new NotSupportedException("An amount stands in two columns: write each."));

        AddList<string>();
        AddList<ShownFact>();
        AddList<Doubt>();
        AddList<AlternativeDraft>();
        AddList<EvidenceRow>();
        AddList<PinnedTurn>();
        Add(value => CardReasonColumn.Read((string)value), Columns.Json);
        Add(value => StoredRecipient.Read((string)value), StoredRecipient.Write);

        Add(value => JsonSerializer.Deserialize<DayCounters>((string)value, ReportJson.Options) ?? DayCounters.Zero,
            counts => JsonSerializer.Serialize(counts, ReportJson.Options));
        AddJson<IdentityState>();
        AddJson<Slots>();
        AddJson<OrderOnCard>();
        AddJson<Trace>();
        AddJson<Proposal>();
        AddJson<IReadOnlyDictionary<string, string>>();
        return true;
    }

    private static void AddList<T>() => Add(value => Columns.List<T>((string)value), Columns.Json);

    private static void AddJson<T>() => Add(value => Columns.Value<T>((string)value), Columns.Json);

    private static void Add<T>(Func<object, T> read, Func<T, object> write)
    {
        // Otherwise Dapper leaves it to the database how a time or a decimal is written.
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.AddTypeHandler(new Column<T>(read, write));
    }

    /// <summary>Decimals are texts; counts of hundredths are whole.</summary>
    private static decimal ToDecimal(object value) =>
        value is long whole ? whole : decimal.Parse((string)value, CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Columns.Amount"/> selects for it: <c>1990 MYR</c>.</summary>
    private static Money ToMoney(object value)
    {
        var text = (string)value;
        var space = text.IndexOf(' ');
        return new(long.Parse(text.AsSpan(0, space), CultureInfo.InvariantCulture), text[(space + 1)..]);
    }

    private static ConstructorInfo? ConstructorOf(Type type) =>
        type.IsValueType || type.GetConstructor(Type.EmptyTypes) is not null
            ? null
            : type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length);

    private sealed class Column<T>(Func<object, T> read, Func<T, object> write) : SqlMapper.TypeHandler<T>
    {
        public override T Parse(object value) => read(value);

        public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = value is null ? DBNull.Value : write(value);
    }

    /// <summary>A record with a constructor, of which each property is set by its name, as it is of others: in any order, and those besides the
    /// constructor's too.</summary>
    private sealed class PositionalMap(Type type, ConstructorInfo constructor) : SqlMapper.ITypeMap
    {
        private readonly DefaultTypeMap _names = new(type);

        public ConstructorInfo? FindConstructor(string[] names, Type[] types) => null;

        public ConstructorInfo? FindExplicitConstructor() => constructor;

        public SqlMapper.IMemberMap? GetConstructorParameter(ConstructorInfo constructor, string columnName) =>
            _names.GetConstructorParameter(constructor, columnName);

        public SqlMapper.IMemberMap? GetMember(string columnName) => _names.GetMember(columnName);
    }
}
