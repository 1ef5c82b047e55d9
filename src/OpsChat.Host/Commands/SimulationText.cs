using OpsChat.Canary;

namespace OpsChat.Host.Commands;

/// <summary>A simulation's result in sentences.</summary>
static class SimulationText
{
    public static string Of(SimulationPlan plan, SimulationResult result) =>
        string.Join(
            Environment.NewLine,
            [
                $"{plan.Runs:N0} runs of {plan.Conversations:N0} conversations, looked at after each one.",
                $"True error rate {plan.Rate:P1}{(plan.DriftTo is { } to ? $", from conversation {plan.DriftAfter:N0} on {to:P1}" : "")}, "
                    + $"budget {plan.Budget:P1}{(plan.Control is { } control ? $"; control {control:P1}, canary share {plan.Share:P0}" : "")}.",
                $"  rolled back   {result.RolledBack:P1}"
                    + $"{(result.MedianConversationsToRollback is { } back ? $", in half of them by conversation {back:N0}" : "")}",
                $"  without cause {result.FalseRollback:P1}",
                $"  scaled up     {result.ScaleUp:P1}"
                    + $"{(result.MedianConversationsToScaleUp is { } up ? $", in half of them by conversation {up:N0}" : "")}",
            ]
        );
}
