using Microsoft.Extensions.Logging;

namespace OpsChat.Agent;

/// <summary>Deletes the pictures of forgotten customers within a minute, and files that a killed process left.</summary>
public sealed class PictureUpkeep(PictureFolder pictures, TimeProvider time, ILogger<PictureUpkeep> log)
    : PeriodicService(TimeSpan.FromMinutes(1), time, log)
{
    protected override string WhenItFails => "Pictures that nobody may see any more could not be deleted";

    public override Task LookAsync(CancellationToken cancellationToken) => pictures.SweepAsync(cancellationToken);
}
