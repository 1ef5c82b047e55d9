using System.Net;
using System.Net.Sockets;
using OpsChat.Agent;
using OpsChat.Channels.Webhook;
using OpsChat.Messages;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Channels.Webhook;

public class A_message_to_the_shops_system
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly TestClock s_clock = new(ShopUnderTest.Morning);

    [Theory]
    [InlineData(200, typeof(Delivery.Sent))]
    [InlineData(204, typeof(Delivery.Sent))]
    [InlineData(302, typeof(Delivery.Refused))]
    [InlineData(400, typeof(Delivery.Refused))]
    [InlineData(410, typeof(Delivery.Refused))]
    [InlineData(429, typeof(Delivery.Later))]
    [InlineData(503, typeof(Delivery.Later))]
    [InlineData(408, typeof(Delivery.Unknown))]
    [InlineData(500, typeof(Delivery.Unknown))]
    [InlineData(504, typeof(Delivery.Unknown))]
    public async Task is_sent_refused_told_again_or_in_doubt_as_the_system_answers(int status, Type expected)
    {
        await using var server = await ShopSystemServer.StartAsync();
        server.Answers.Enqueue(status);

        (await SendAsync(server.Settings, Message())).Should().BeOfType(expected);
    }

    [Fact]
    public async Task is_signed_and_has_a_key_of_its_own()
    {
        await using var server = await ShopSystemServer.StartAsync();
        await SendAsync(server.Settings, Message());

        var call = await server.NextAsync();
        call.Key.Should().Be("o1");
        WebhookSignature
            .Judge(ShopSystemServer.Secret, call.Timestamp, call.Signature, call.Body, ShopUnderTest.Morning)
            .Should()
            .Be(SignatureVerdict.Right);
        call.Json.GetProperty("type").GetString().Should().Be("shop.message");
        call.Json.GetProperty("customer").GetString().Should().Be("42");
        call.Json.GetProperty("text").GetString().Should().Be("We are open until six.");
        call.Json.GetProperty("from").GetString().Should().Be("agent");
    }

    [Fact]
    public async Task to_a_system_that_is_not_there_waits_longer_each_time_and_ends_after_about_a_day()
    {
        var nobody = new WebhookOptions { Url = new("http://127.0.0.1:9/"), Secret = ShopSystemServer.Secret };

        (await SendAsync(nobody, Message())).Should().BeOfType<Delivery.Later>().Which.After.Should().Be(TimeSpan.FromSeconds(2));
        (await SendAsync(nobody, Message() with { Attempts = 3 }))
            .Should()
            .BeOfType<Delivery.Later>()
            .Which.After.Should()
            .Be(TimeSpan.FromSeconds(16));
        (await SendAsync(nobody, Message() with { Attempts = 100 }))
            .Should()
            .BeOfType<Delivery.Later>()
            .Which.After.Should()
            .Be(TimeSpan.FromMinutes(10));
        (await SendAsync(nobody, Message() with { Attempts = ShopSystem.MostTries - 1 }))
            .Should()
            .BeOfType<Delivery.Refused>()
            .Which.Why.Should()
            .Contain("150 times");
        Enumerable.Range(0, ShopSystem.MostTries).Sum(tries => ShopSystem.PauseAfter(tries).TotalHours).Should().BeInRange(23, 26);
    }

    [Fact]
    public async Task that_a_stop_cuts_off_is_in_doubt()
    {
        using var silent = new SilentServer();
        using var stop = new CancellationTokenSource();

        var sending = SendAsync(new() { Url = silent.Address, Secret = ShopSystemServer.Secret }, Message(), stop.Token);
        await silent.Called;
        await stop.CancelAsync();

        (await sending).Should().BeOfType<Delivery.Unknown>();
    }

    [Fact]
    public async Task that_is_not_answered_in_time_is_in_doubt()
    {
        using var silent = new SilentServer();
        var clock = new TestClock(ShopUnderTest.Morning);
        using var system = new ShopSystem(new() { Url = silent.Address, Secret = ShopSystemServer.Secret }, clock);

        var sending = new WebhookChannel(system).SendAsync(Message(), CancellationToken.None);
        await silent.Called.WaitAsync(s_patience);
        clock.Advance(TimeSpan.FromSeconds(10));

        (await sending.WaitAsync(s_patience)).Should().Be(new Delivery.Unknown("The shop's system did not answer within 10 s."));
    }

    [Fact]
    public async Task to_a_system_whose_line_drops_everything_is_told_again_for_nothing_was_said()
    {
        // A listener that accepts nobody and whose queue is full: whoever else calls is not answered, as behind a firewall or on a dead machine.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(1);
        var place = (IPEndPoint)deaf.LocalEndPoint!;
        List<Socket> queue =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false }),
        ];
        queue.ForEach(caller => _ = caller.ConnectAsync(place));
        using var system = new ShopSystem(
            new() { Url = new($"http://{place}/"), Secret = ShopSystemServer.Secret },
            s_clock,
            connectWithin: TimeSpan.FromMilliseconds(200)
        );

        var delivery = await new WebhookChannel(system).SendAsync(Message(), CancellationToken.None).WaitAsync(s_patience);

        queue.ForEach(caller => caller.Dispose());
        delivery.Should().BeOfType<Delivery.Later>().Which.Why.Should().StartWith("The shop's system could not be reached");
    }

    private static async Task<Delivery> SendAsync(WebhookOptions settings, OutboxMessage message, CancellationToken cancellationToken = default)
    {
        using var system = new ShopSystem(settings, s_clock);
        return await new WebhookChannel(system).SendAsync(message, cancellationToken);
    }

    private static OutboxMessage Message() =>
        new()
        {
            Id = "o1",
            Conversation = new(WebhookChannel.Name, "42"),
            Seq = 2,
            From = Sender.Agent,
            Kind = OutboxKind.Answer,
            Text = "We are open until six.",
            NextTryAt = ShopUnderTest.Morning,
            CreatedAt = ShopUnderTest.Morning,
        };
}
