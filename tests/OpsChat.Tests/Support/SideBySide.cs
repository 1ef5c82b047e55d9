using Xunit.Abstractions;

// Much of a test's time is waiting for a host, a browser or a server of its own; three side by side keep two cores busy. What shares a host or a
// browser is one collection, and its tests run one after the other.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer("OpsChat.Tests.Support.BrowserFirst", "OpsChat.Tests")]

namespace OpsChat.Tests.Support;

/// <summary>The tests in the browser take longest and run one after the other: begun last, they would run alone at the end.</summary>
public sealed class BrowserFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => collection.DisplayName == BrowserTests.Name ? 0 : 1);
}
