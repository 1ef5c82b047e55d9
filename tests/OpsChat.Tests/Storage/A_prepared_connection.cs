using Dapper;
using OpsChat.Storage;

namespace OpsChat.Tests.Storage;

public sealed class A_prepared_connection : IDisposable
{
    private readonly PreparedConnection _connection;

    public A_prepared_connection()
    {
        _connection = new PreparedConnection("Data Source=:memory:;Pooling=False");
        _connection.Open();
        _connection.Execute("create table t (id integer primary key, name text)");
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void runs_the_same_words_with_other_values_each_time()
    {
        foreach (var id in Enumerable.Range(1, 5))
        {
            _connection.Execute("insert into t (id, name) values (@id, @name)", new { id, name = $"n{id}" });
        }

        foreach (var id in Enumerable.Range(1, 5))
        {
            _connection.ExecuteScalar<string>("select name from t where id = @id", new { id }).Should().Be($"n{id}");
        }
    }

    [Fact]
    public void runs_the_same_words_again_while_their_first_result_is_still_being_read()
    {
        _connection.Execute("insert into t (id, name) values (1, 'a'), (2, 'b')");
        const string Names = "select name from t order by id";

        var pairs = _connection.Query<string>(Names, buffered: false).Select(name => (name, All: _connection.Query<string>(Names).ToList())).ToList();

        pairs.Select(pair => pair.name).Should().Equal("a", "b");
        pairs.Should().OnlyContain(pair => pair.All.SequenceEqual(new[] { "a", "b" }));
    }

    [Fact]
    public void takes_lists_of_any_length()
    {
        _connection.Execute("insert into t (id, name) values (1, 'a'), (2, 'b'), (3, 'c')");

        foreach (var length in Enumerable.Range(1, 300))
        {
            _connection
                .Query<string>("select name from t where id in @ids", new { ids = Enumerable.Range(1, length) })
                .Should()
                .HaveCount(Math.Min(3, length));
        }
    }

    [Fact]
    public void sees_a_column_that_was_added_after_the_words_were_first_said()
    {
        _connection.Execute("insert into t (id, name) values (1, 'a')");
        _connection.QuerySingle("select * from t");
        _connection.Execute("alter table t add column age integer default 7");

        ((long)_connection.QuerySingle("select * from t").age).Should().Be(7);
    }

    [Fact]
    public void goes_on_after_words_that_failed()
    {
        const string Insert = "insert into t (id, name) values (@id, 'a')";
        _connection.Execute(Insert, new { id = 1 });

        _connection.Invoking(c => c.Execute(Insert, new { id = 1 })).Should().Throw<Microsoft.Data.Sqlite.SqliteException>();

        _connection.Execute(Insert, new { id = 2 }).Should().Be(1);
    }
}
