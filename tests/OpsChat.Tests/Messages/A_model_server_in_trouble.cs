using OpsChat.Drafting;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_model_server_in_trouble(ModelServer server) : IClassFixture<ModelServer>
{
    [ModelServerTheory]
    [InlineData("broken-always", "Unreachable")]
    [InlineData("hang", "TooSlow")]
    [InlineData("limited-long", "Limited")]
    [InlineData("wrong-schema", "answered")]
    public async Task leaves_the_customer_with_the_owners_reply(string @case, string outcome)
    {
        // The server knows its case by the playbook's title, which is in the prompt and changes nothing of what the message is about.
        var playbooks = new Dictionary<string, string>
        {
            ["parcel"] = $"---\nautonomy: full\n---\n# Where is it, case-{@case}\n\n## Issue Type\nWhere the parcel is.\n\n- where is my parcel\n- my parcel has not come yet\n- when does the parcel arrive\n\n"
                + "## Standard Reply\nYour parcel is on its way to you.\n",
        };
        var options = new ModelOptions { Provider = ModelProvider.OpenAi, Name = "test-model", Endpoint = new(server.Address, "v1"), TimeOut = TimeSpan.FromSeconds(1) };
        using var client = ModelClients.Open(options, new ImpatientClock(limit: TimeSpan.FromSeconds(15)))!;
        await using var shop = await ShopUnderTest.OpenAsync(playbooks: playbooks, model: client);

        var trace = await shop.SayAsync("aina", "where is my parcel");

        trace.Verdict.Should().Be("Send");
        trace.ModelUses.Should().ContainSingle().Which.Outcome.Should().Be(outcome);
        (await shop.ReceivedAsync("aina")).Should().Equal("Your parcel is on its way to you.");
    }
}
