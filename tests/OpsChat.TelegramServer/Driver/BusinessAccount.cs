namespace OpsChat.Testing.Telegram;

/// <summary>A shop's own account, whose private chats the bot can be let into.</summary>
public sealed class BusinessAccount
{
    private readonly World _world;
    private readonly Account _owner;

    internal BusinessAccount(World world, Account owner) => (_world, _owner) = (world, owner);

    /// <summary>Null before the bot was connected for the first time.</summary>
    public string? ConnectionId { get; private set; }

    /// <summary>Connects the bot, or changes what it may do.</summary>
    public string Connect(bool canReply = true)
    {
        lock (_world.Gate)
        {
            ConnectionId ??= _world.NewId("business");
            Announce(new BusinessLink(ConnectionId, _owner, canReply, IsEnabled: true, _world.Now));
            return ConnectionId;
        }
    }

    public void Disconnect()
    {
        lock (_world.Gate)
        {
            Announce(_world.BusinessLinks[ConnectionId!] with { IsEnabled = false });
        }
    }

    /// <summary>Someone who writes to this account.</summary>
    public Customer Customer(long id, string name) =>
        new(_world, new Account(id, name), ConnectionId ?? throw new InvalidOperationException("Connect the bot first."));

    /// <summary>The owner answers a customer from their own phone: the bot sees it, as a message that is not the bot's.</summary>
    public ChatMessage WriteByHand(Customer customer, string text)
    {
        lock (_world.Gate)
        {
            var message = new ChatMessage(customer.Room.NextMessageId(), _owner, _world.Now) { Text = text, BusinessConnectionId = ConnectionId };
            return _world.Receive(customer.Room, message, "business_message");
        }
    }

    private void Announce(BusinessLink link)
    {
        _world.BusinessLinks[link.Id] = link;
        _world.Updates.Add("business_connection", link.ToJson());
    }
}
