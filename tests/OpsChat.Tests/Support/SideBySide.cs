// Much of a test's time is waiting for a host, a browser or a server of its own; three side by side keep two cores busy. What shares a host or a
// browser is one collection, and its tests run one after the other.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
