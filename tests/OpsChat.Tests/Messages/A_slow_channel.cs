using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Messages;
using OpsChat.Storage;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Messages;

public class A_slow_channel
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task holds_up_its_own_customers_alone_however_many_of_them_wait()
    {
        await using var shop = await ShopUnderTest.OpenAsync();
        var (stuck, quick) = (new NotedChannel("stuck", isStuck: true), new NotedChannel("quick", isStuck: false));
        using var sender = new OutboxSender(shop.Store, [stuck, quick], shop.Get<DispatchCheck>(), shop.Clock, NullLogger<OutboxSender>.Instance);
        await shop.Store.WriteAsync(session =>
        {
            foreach (var i in Enumerable.Range(0, 200))
            {
                session.Outbox.Add(Message(shop, "stuck", i));
            }

            session.Outbox.Add(Message(shop, "quick", 200));
        }, CancellationToken.None);

        await sender.StartAsync(CancellationToken.None);
        await quick.Sent.WaitAsync(s_patience);

        stuck.Taken.Should().BeInRange(1, 32, "what cannot leave yet waits in the store");
        stuck.LetGo();
        await sender.StopAsync(CancellationToken.None);
    }

    private static OutboxMessage Message(ShopUnderTest shop, string channel, int customer) =>
        new()
        {
            Id = Ids.New('o', shop.Clock.GetUtcNow()),
            Conversation = new(channel, $"{customer}"),
            From = Sender.Person,
            Kind = OutboxKind.Person,
            Text = "We look into it.",
            NextTryAt = shop.Clock.GetUtcNow(),
            CreatedAt = shop.Clock.GetUtcNow().AddSeconds(customer),
        };

    private sealed class NotedChannel(string name, bool isStuck) : IChannel
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously),
            _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;

        public IReadOnlyCollection<string> Names { get; } = [name];
        public bool DeliversByStoring => false;

        /// <summary>Completes with the first message.</summary>
        public Task Sent => _sent.Task;
        public int Taken => _taken;

        public void LetGo() => _go.SetResult();

        public async Task<Delivery> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _taken);
            if (isStuck)
            {
                await _go.Task;
            }

            _sent.TrySetResult();
            return new Delivery.Sent(null);
        }
    }
}
