using System.Runtime.InteropServices;

namespace OpsChat.Drafting;

/// <summary>What calls of a model used, or might use at worst.</summary>
/// <param name="Cost">In the currency of the model's prices.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModelSpend(long Tokens, decimal Cost)
{
    public static ModelSpend operator +(ModelSpend a, ModelSpend b) => new(a.Tokens + b.Tokens, a.Cost + b.Cost);

    public static ModelSpend operator -(ModelSpend a, ModelSpend b) => new(a.Tokens - b.Tokens, a.Cost - b.Cost);
}
