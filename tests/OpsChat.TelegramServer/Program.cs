using OpsChat.Testing.Telegram;

// A Bot API server to try the host against, without an account: people write and tap on the page at its address.
var settings = new ConfigurationBuilder()
    .AddCommandLine(args)
    .Build();
var options = new TelegramServerOptions
{
    Port = int.Parse(settings["port"] ?? "8081"),
    Token = settings["token"] ?? "123456:local-test-token",
};
await using var server = await TelegramServer.StartAsync(options, (starting, app) => new TryItPage(starting).Map(app));
Console.WriteLine($"""
    A Telegram for trying things out is at {server.BaseAddress}. Start OpsChat against it with these settings:

      OpsChat__Telegram__ApiBase={server.BaseAddress.GetLeftPart(UriPartial.Authority)}
      OpsChat__Telegram__Token={server.Token}
      OpsChat__Telegram__OwnerChat={TryItPage.OwnerChatOf(server)}
      OpsChat__Approvals__Approvers__0__Name={TryItPage.FirstOwnerName}
      OpsChat__Approvals__Approvers__0__TelegramId={TryItPage.FirstOwnerId}

    Ctrl+C ends it; nothing is kept.
    """);
await server.WaitForShutdownAsync();
