using Npgsql;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace OpsChat.Tests.Support;

/// <summary>The PostgreSQL that <c>tests/run.sh</c> starts. Each test has a schema of its own in it, which goes when it is disposed.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _schema = $"t_{Guid.NewGuid():N}";

    /// <summary>Null where there is none.</summary>
    public static string? Address { get; } =
        Environment.GetEnvironmentVariable("OPSCHAT_TEST_POSTGRES") is { Length: > 0 } given ? given : null;

    public static string? WhyNot { get; } =
        Address is null ? "PostgreSQL does not run for the tests; tests/run.sh installs and starts it, and names it in OPSCHAT_TEST_POSTGRES." : null;

    /// <summary>With OPSCHAT_TEST_SHOPS=postgres every <see cref="ShopUnderTest"/> stands on PostgreSQL: most tests of behaviour do not
    /// care.</summary>
    public static bool IsForShops { get; } = Address is not null && Environment.GetEnvironmentVariable("OPSCHAT_TEST_SHOPS") == "postgres";

    /// <summary>What OpsChat__Store says.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder(Address) { SearchPath = _schema }.ConnectionString;

    public static async Task<PostgresServer> StartAsync()
    {
        var own = new PostgresServer();
        await RunAsync($"create schema {own._schema}");
        return own;
    }

    /// <summary>On a connection of its own, in the test's schema.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync() => await RunAsync($"drop schema {_schema} cascade");

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A test that needs PostgreSQL.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.WhyNot;
}

/// <summary>The same for several cases.</summary>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.WhyNot;
}

/// <summary>All tests of this class need PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnPostgresAttribute : Attribute;

/// <summary>A test of the contract of stores: skipped in a class <see cref="OnPostgresAttribute"/> where there is none.</summary>
[XunitTestCaseDiscoverer("OpsChat.Tests.Support.StoreFactDiscoverer", "OpsChat.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

public sealed class StoreFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute
    ) =>
        new Case(
            DiagnosticMessageSink,
            discoveryOptions.MethodDisplayOrDefault(),
            discoveryOptions.MethodDisplayOptionsOrDefault(),
            testMethod
        );

    private sealed class Case : XunitTestCase
    {
        [Obsolete("For xunit, which makes it anew from what it was told.", error: true)]
        public Case()
        {
        }

        public Case(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
            : base(sink, display, options, method)
        {
        }

        protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
            TestMethod.TestClass.Class.GetCustomAttributes(typeof(OnPostgresAttribute)).Any()
                ? PostgresServer.WhyNot
                : base.GetSkipReason(factAttribute);
    }
}
