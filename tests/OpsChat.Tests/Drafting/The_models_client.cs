using OpsChat.Drafting;
using OpsChat.Models.Jobs;
using OpsChat.Models.Providers;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Drafting;

public class The_models_client(ModelServer server) : IClassFixture<ModelServer>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly ImpatientClock _clock = new(limit: TimeSpan.FromSeconds(15));

    private async Task<ModelDraft> Ask(string @case, ModelProvider provider, bool streaming = false, TimeSpan? timeOut = null)
    {
        var options = Writers.Options with
        {
            Provider = provider,
            Endpoint = provider == ModelProvider.OpenAi ? new(server.Address, "v1") : server.Address,
            Key = new("test"),
            Streaming = streaming,
            TimeOut = timeOut ?? TimeSpan.FromSeconds(20),
        };
        using var client = ModelClients.Open(options, _clock);
        var line = new ModelGateway(client, options, new ModelBudget(options, _clock), _clock);
        // Each way of asking has a case of its own at the server, which counts how often a case was asked.
        var words = $"{Writers.Parcel.Context.CustomersWords} case-{@case}";
        return await Writers.On(line).DraftAsync(Writers.Parcel with { Context = Writers.Parcel.Context with { CustomersWords = words } }, default);
    }

    [ModelServerTheory]
    [InlineData(ModelProvider.OpenAi, false)]
    [InlineData(ModelProvider.OpenAi, true)]
    [InlineData(ModelProvider.Anthropic, false)]
    [InlineData(ModelProvider.Anthropic, true)]
    public async Task brings_a_good_answer_with_its_usage(ModelProvider provider, bool streaming)
    {
        var draft = await Ask("good", provider, streaming);
        draft.Why.Should().BeEmpty();
        draft.ByModel.Should().BeTrue();
        draft.Text.Should().StartWith("Hi Mei");
        var use = draft.Uses.Should().ContainSingle().Subject;
        use.Outcome.Should().Be("answered");
        use.OutputTokens.Should().BePositive();
        use.Cost.Should().BePositive();
    }

    [ModelServerTheory]
    [InlineData(ModelProvider.OpenAi)]
    public async Task waits_as_long_as_the_server_asks_and_tries_again(ModelProvider provider)
    {
        (await Ask("limited-twice", provider)).ByModel.Should().BeTrue();
        _clock.Waits.Should().Equal(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(3));
    }

    [ModelServerTheory]
    [InlineData(ModelProvider.OpenAi)]
    public async Task tries_again_after_one_failure(ModelProvider provider) =>
        (await Ask("broken-once", provider)).ByModel.Should().BeTrue();

    [ModelServerTheory]
    [InlineData("limited-long", false, "Limited")]
    [InlineData("broken-always", false, "Unreachable")]
    [InlineData("broken-always", true, "Unreachable")]
    [InlineData("unauthorised", false, "Rejected")]
    [InlineData("disconnect", false, "Unreachable")]
    [InlineData("disconnect", true, "Unreachable")]
    [InlineData("malformed", false, "Malformed")]
    [InlineData("malformed", true, "CutOff")]
    [InlineData("cut", true, "Unreachable")]
    [InlineData("length", false, "CutOff")]
    [InlineData("length", true, "CutOff")]
    [InlineData("filtered", false, "Refused")]
    [InlineData("wrong-schema", false, "answered")]
    [InlineData("prose", true, "answered")]
    public async Task turns_every_failure_into_the_owners_reply(string @case, bool streaming, string outcome)
    {
        var draft = await Ask(@case, ModelProvider.OpenAi, streaming);
        draft.Should().BeEquivalentTo(new { Text = Writers.OwnersReply, ByModel = false });
        draft.Why.Should().NotBeEmpty();
        draft.Uses.Should().ContainSingle().Which.Outcome.Should().Be(outcome);
    }

    [ModelServerTheory]
    [InlineData("broken-always", false)]
    [InlineData("unauthorised", true)]
    [InlineData("disconnect", false)]
    [InlineData("malformed", false)]
    [InlineData("malformed", true)]
    [InlineData("cut", true)]
    [InlineData("length", false)]
    [InlineData("wrong-schema", false)]
    public async Task turns_every_failure_of_the_other_provider_into_the_owners_reply(string @case, bool streaming) =>
        (await Ask(@case, ModelProvider.Anthropic, streaming)).Should().BeEquivalentTo(new { Text = Writers.OwnersReply, ByModel = false });

    [ModelServerTheory]
    [InlineData(ModelProvider.OpenAi)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task gives_up_when_the_server_hangs(ModelProvider provider)
    {
        var draft = await Ask("hang", provider, timeOut: TimeSpan.FromSeconds(1));
        draft.Text.Should().Be(Writers.OwnersReply);
        draft.Uses.Should().ContainSingle().Which.Outcome.Should().Be("TooSlow");
    }

    [Theory]
    [InlineData(ModelProvider.OpenAi)]
    [InlineData(ModelProvider.Anthropic)]
    public async Task lets_only_a_few_customers_wait_for_a_server_that_hangs_and_asks_it_again_later(ModelProvider provider)
    {
        var clock = new TestClock();
        var options = Writers.Options with { Provider = provider, Key = new("test"), TimeOut = TimeSpan.FromSeconds(20) };
        using var silence = new Silence();
        using var client = ModelClients.Open(options, clock, silence);
        var line = new ModelGateway(client, options, new ModelBudget(options, clock), clock);
        async Task<string> WaitAsync()
        {
            var asking = Writers.On(line).DraftAsync(Writers.Parcel, default);
            await clock.WaitForTimer(options.TimeOut).WaitAsync(s_patience);
            clock.Advance(options.TimeOut);
            return (await asking.WaitAsync(s_patience)).Uses.Single().Outcome;
        }

        for (var customer = 0; customer < 5; customer++)
        {
            (await WaitAsync()).Should().Be("TooSlow", "customer {0}: a time-out is not tried again", customer);
        }

        var left = await Writers.On(line).DraftAsync(Writers.Parcel, default).WaitAsync(s_patience);
        left.Should()
            .BeEquivalentTo(
                new
                {
                    Text = Writers.OwnersReply,
                    ByModel = false,
                    Why = "The model failed several times in a row and is left alone for half a minute.",
                }
            );
        silence.Calls.Should().Be(5);
        clock.Advance(TimeSpan.FromSeconds(31));
        (await WaitAsync()).Should().Be("TooSlow");
        silence.Calls.Should().Be(6);
    }

    [Fact]
    public async Task finds_nobody_at_home_and_says_so()
    {
        var options = Writers.Options with { Endpoint = new("http://127.0.0.1:1/v1") };
        using var client = ModelClients.Open(options, _clock);
        var draft = await Writers.On(client, options).DraftAsync(Writers.Parcel, default);
        draft.Should().BeEquivalentTo(new { Text = Writers.OwnersReply, ByModel = false, Why = "The model cannot be reached." });
    }

    /// <summary>A line on which nobody ever answers.</summary>
    private sealed class Silence : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            var never = new TaskCompletionSource<HttpResponseMessage>();
            return await never.Task.WaitAsync(cancellationToken);
        }
    }
}
