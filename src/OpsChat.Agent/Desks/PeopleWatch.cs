using Microsoft.Extensions.Logging;
using OpsChat.Storage;

namespace OpsChat.Agent;

/// <summary>Who was added, changed or removed on another host is so on this one: whoever was removed is signed out everywhere.</summary>
public sealed class PeopleWatch(Approvers approvers, IStore store, ChangeFeed feed, TimeProvider time, ILogger<PeopleWatch> log)
    : PeriodicService(TimeSpan.FromSeconds(5), time, log, feed.Of("person"))
{
    protected override string WhenItFails => "The people whom another host knows could not be read";

    public override async Task LookAsync(CancellationToken cancellationToken) =>
        approvers.Know(await store.ReadAsync(session => session.People.All(), cancellationToken));
}
