using Microsoft.Extensions.AI;
using OpsChat.Agent;
using OpsChat.Drafting;
using OpsChat.Models.Providers;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_model_server_in_trouble(ModelServer server) : IClassFixture<ModelServer>
{
    private const string Proven = "where is my order #1293? my e-mail is priya.nair@example.com";

    [ModelServerTheory]
    [InlineData("broken-always", "Unreachable")]
    [InlineData("hang", "TooSlow")]
    [InlineData("limited-long", "Limited")]
    [InlineData("wrong-schema", "answered")]
    public async Task leaves_the_customer_with_the_owners_reply(string @case, string outcome)
    {
        var options = new ModelOptions
        {
            Provider = ModelProvider.OpenAi,
            Name = "test-model",
            Endpoint = new(server.Address, "v1"),
            TimeOut = TimeSpan.FromSeconds(1),
        };
        using var client = new AskingForCase(
            $"case-{@case}",
            ModelClients.Open(options, new ImpatientClock(limit: TimeSpan.FromSeconds(15)))!
        );
        await using var plain = await ShopUnderTest.OpenAsync();
        await using var shop = await ShopUnderTest.OpenAsync(model: client);

        await plain.SayAsync("priya", Proven);
        var trace = await shop.SayAsync("priya", Proven);

        trace.Verdict.Should().Be("Send");
        trace.ModelUses.Should().ContainSingle().Which.Outcome.Should().Be(outcome);
        (await shop.ReceivedAsync("priya")).Should().Equal(await plain.ReceivedAsync("priya"));
    }

    [ModelServerTheory]
    [InlineData("translate")]
    public async Task is_another_thing_than_one_that_translates_for_a_reader(string @case)
    {
        var options = new ModelOptions
        {
            Provider = ModelProvider.OpenAi,
            Name = "test-model",
            Endpoint = new(server.Address, "v1"),
            TimeOut = TimeSpan.FromSeconds(60),
        };
        using var client = new AskingForCase($"case-{@case}", ModelClients.Open(options, TimeProvider.System)!);
        await using var shop = await ShopUnderTest.OpenAsync(model: client);
        await shop.SayAsync("aina", "boleh tukar warna naga pada kapal angkasa saya?");

        var answer = await shop.Get<ReaderTranslator>()
            .TranslateAsync(shop.Owner, ShopUnderTest.Of("aina"), "boleh tukar warna naga pada kapal angkasa saya?", "en", default);

        answer.Should().BeOfType<ModelAnswer<string>.Given>().Which.Value
            .Should().Be("Can I change the colour of the dragon on my spaceship?");
        (await shop.Store.ReadAsync(session => session.ModelUses.Since(DateTimeOffset.UnixEpoch), default))
            .Should().ContainSingle().Which.Tokens.Should().BePositive();
    }

    /// <summary>Names the server's case at the end of each prompt, so that the customer's words need not.</summary>
    private sealed class AskingForCase(string name, IChatClient inner) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        ) => base.GetResponseAsync([.. messages.Select(m => new ChatMessage(m.Role, $"{m.Text}\n{name}"))], options, cancellationToken);
    }
}
