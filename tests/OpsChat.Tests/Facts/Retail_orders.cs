using Microsoft.Extensions.Time.Testing;
using OpsChat.Facts;
using OpsChat.ShopData;
using OpsChat.ShopData.Tables;
using OpsChat.ShopData.Values;
using OpsChat.Tests.Support;

namespace OpsChat.Tests.Facts;

/// <summary>The public thousand orders, which carry no dates.</summary>
public class Retail_orders
{
    private static CsvShop Open() =>
        new(SharedData.PathOf("retail"), ShopFolderOnDisk.KualaLumpur, "USD", new FakeTimeProvider(A.Now.ToUniversalTime()));

    [SharedFact]
    public async Task are_proven_by_their_buyers_and_have_the_states_of_their_source()
    {
        var shop = Open();
        var gatherer = new FactGatherer(shop, new FakeTimeProvider(A.Now.ToUniversalTime()), (_, _) => Task.FromResult(0));
        var statuses = new Dictionary<string, int>();
        var path = SharedData.PathOf("retail", "orders.csv");
        var file = ReadFile.Of(path, new ShopReading(ShopFolderOnDisk.KualaLumpur, "USD", DateOrder.Unknown, null, 0, A.Now));
        foreach (var read in file.Orders)
        {
            var entities = A.Entities([read.Order.Number], [read.Order.Email!]);
            var gathered = await gatherer.GatherAsync(
                new FactQuestion(
                    new HashSet<string> { "order.status" },
                    A.Reading with
                    {
                        Entities = entities,
                    },
                    "",
                    ProductMention.Nothing,
                    null,
                    0,
                    IdentityState.Nothing
                ),
                A.Policy,
                default
            );
            var status = gathered.Facts.Text("order.status")!;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        statuses.Should().BeEquivalentTo(new Dictionary<string, int> { ["paid"] = 423, ["delivered"] = 373, ["shipped"] = 102, ["cancelled"] = 102 });
    }

    [SharedFact]
    public async Task have_no_facts_that_hang_on_dates()
    {
        var order = (await Open().FindOrderAsync("#W2611340", default))!;
        var facts = new FactSet(DerivedFacts.OfOrder(order, A.Policy, A.Now).Concat(DerivedFacts.OfReturns(order, [], A.Policy, A.Now)));

        facts.All.Where(f => f.Value is FactValue.Day).Should().BeEmpty();
        new[] { "order.late", "order.days_late", "order.age", "return.days_left" }.Should().OnlyContain(name => facts.Find(name) == null);
    }
}
