using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OpsChat.Facts;
using OpsChat.Host;
using OpsChat.ShopData.Http;

namespace OpsChat.Tests.Facts;

/// <summary>Against a real server on the loopback, which answers each path with a fixed text.</summary>
public sealed class An_http_shop : IAsyncLifetime
{
    private readonly Dictionary<string, string> _answers = [];
    private readonly WebApplication _server;
    private HttpClient _client = new();
    private string? _shown;

    public An_http_shop()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async context =>
        {
            _shown = context.Request.Headers.Authorization.ToString();
            if (_answers.TryGetValue(context.Request.Path + context.Request.QueryString, out var answer))
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(answer);
            }
            else
            {
                context.Response.StatusCode = 404;
            }
        });
    }

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_server.Urls.Single() + "/shop/"), Timeout = TimeSpan.FromSeconds(20) };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    private HttpShop Shop => new(_client, new FakeTimeProvider(A.Now.ToUniversalTime()));

    private const string Order = """
        {"number":"#1001","email":"Aina@example.com","phones":["+60 12-000 4821"],"name":"Aina Rahman","status":"partially refunded",
         "isPaid":true,"isShipped":true,"isDelivered":true,"isCancelled":false,
         "lines":[{"name":"Batik Shirt","sku":"BTK-M","quantity":1,"price":{"minor":8990,"currency":"MYR"}}],
         "total":{"minor":9790,"currency":"myr"},"placedAt":"2026-11-18T09:12:00+08:00","promisedBy":"2026-11-25"}
        """;

    [Fact]
    public async Task is_shown_the_user_and_password_of_its_address_which_no_error_names()
    {
        var address = new UriBuilder(_server.Urls.Single()) { UserName = "ana", Password = "p%40ss-word", Path = "/shop" };
        var shop = Opening.Shop(new() { Shop = address.Uri.AbsoluteUri }, new(TimeZoneInfo.Utc, "MYR"), TimeProvider.System);

        await shop.FindOrderAsync("1001", CancellationToken.None);

        _shown.Should().Be("Basic " + Convert.ToBase64String("ana:p@ss-word"u8));
        await _server.StopAsync();
        (await shop.Invoking(s => s.FindOrderAsync("1001", CancellationToken.None)).Should().ThrowAsync<ShopUnavailableException>())
            .Which.Message.Should()
            .NotContain("ana")
            .And.NotContain("word");
    }

    [Fact]
    public async Task reads_an_order()
    {
        _answers["/shop/orders/1001"] = Order;

        var order = await Shop.FindOrderAsync("#1001", default);

        order!.Status.Should().Be(OrderStatus.PartiallyRefunded);
        order.Email.Should().Be("aina@example.com");
        order.PhoneEndings.Should().Equal("4821");
        order.Total.Should().Be(new Money(9790, "MYR"));
        order.PromisedBy.Should().Be(new DateOnly(2026, 11, 25));
        order.Source.Should().Be(new Source("127.0.0.1 orders/1001", A.Now));
    }

    [Fact]
    public async Task knows_nothing_of_what_the_shop_system_does_not_know()
    {
        (await Shop.FindOrderAsync("9999", default)).Should().BeNull();
        (await Shop.OrdersOfAsync("x@example.com", default)).Should().BeEmpty();
        (await Shop.FindProductAsync("mug", default)).Should().BeOfType<ProductMatch.None>();
        (await Shop.StockAsync(["MUG"], default)).Should().BeEmpty();
        (await Shop.FindCustomerAsync("x@example.com", default)).Should().BeNull();
    }

    [Fact]
    public async Task drops_whatever_was_not_asked_for()
    {
        _answers["/shop/orders/1002"] = Order;
        _answers["/shop/orders?email=ben%40example.com"] = $"[{Order}]";
        _answers["/shop/orders/1002/shipments"] = """[{"order":"#1001","tracking":"T1"},{"order":"1002","tracking":"T2"},null]""";
        _answers["/shop/orders/1002/returns"] = """[{"order":"#1001","status":"requested"}]""";
        _answers["/shop/stock?sku=MUG"] = """[{"sku":"CUP","onHand":3},{"sku":"MUG","onHand":4}]""";
        _answers["/shop/customers?email=ben%40example.com"] = """[{"email":"aina@example.com","firstName":"Aina"}]""";

        (await Shop.FindOrderAsync("1002", default)).Should().BeNull();
        (await Shop.OrdersOfAsync("ben@example.com", default)).Should().BeEmpty();
        (await Shop.ShipmentsOfAsync("#1002", default)).Should().ContainSingle().Which.Tracking.Should().Be("T2");
        (await Shop.ReturnsOfAsync("#1002", default)).Should().BeEmpty();
        (await Shop.StockAsync(["MUG"], default)).Should().ContainSingle().Which.OnHand.Should().Be(4);
        (await Shop.FindCustomerAsync("ben@example.com", default)).Should().BeNull();
    }

    [Fact]
    public async Task chooses_the_product_itself_from_those_that_it_is_offered()
    {
        _answers["/shop/products?words=the%20blue%20mug"] = """
            [{"handle":"mug","title":"Stoneware Mug","variants":[{"sku":"MUG-B","options":["Blue"],"onHand":4},{"sku":"MUG-W","options":["White"]}]},
             {"handle":"bowl","title":"Rice Bowl","variants":[{"sku":"BOWL"}]}]
            """;

        (await Shop.FindProductAsync("the blue mug", default))
            .Should()
            .BeOfType<ProductMatch.Found>()
            .Which.Variants.Should()
            .ContainSingle()
            .Which.Sku.Should()
            .Be("MUG-B");
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{\"number\":\"1001\"}")]
    [InlineData("{\"number\":null}")]
    public async Task says_that_an_answer_cannot_be_used(string answer)
    {
        _answers["/shop/orders/1001"] = answer;

        await Shop.Invoking(s => s.FindOrderAsync("1001", default))
            .Should()
            .ThrowAsync<ShopUnavailableException>()
            .WithMessage("*orders/1001 cannot be used*");
    }

    [Fact]
    public async Task says_that_a_status_is_unknown()
    {
        _answers["/shop/orders/1001"] = Order.Replace("partially refunded", "lost in space");

        await Shop.Invoking(s => s.FindOrderAsync("1001", default))
            .Should()
            .ThrowAsync<ShopUnavailableException>()
            .WithMessage("*\"lost in space\" is not an order status*");
    }

    [Fact]
    public async Task says_that_the_shop_system_does_not_answer()
    {
        await _server.StopAsync();

        await Shop.Invoking(s => s.FindOrderAsync("1001", default))
            .Should()
            .ThrowAsync<ShopUnavailableException>()
            .WithMessage("*does not answer*OpsChat__Shop*");
    }
}
