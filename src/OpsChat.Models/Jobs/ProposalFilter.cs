using Microsoft.SemanticKernel;
using OpsChat.Drafting;

namespace OpsChat.Models.Jobs;

/// <summary>
/// The approval's side of tool calls. A look-up goes through while the conversation has some left; an action is stopped here, and its call becomes
/// a proposal for the owner. Whatever else a model calls is answered with a refusal.
/// </summary>
internal sealed class ProposalFilter(IModelLookups lookups) : IAutoFunctionInvocationFilter
{
    private const string Prefix = "propose_";

    /// <summary>A model that goes on calling after it was told that there are no more look-ups is cut off.</summary>
    private const int MostRefusals = 2;

    public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        if (!lookups.Admit(context.Function.Name))
        {
            context.Terminate = lookups.Refusals > MostRefusals;
            context.Result = new FunctionResult(context.Function, "No more look-ups in this conversation. Answer with what is known.");
            return;
        }

        if (context.Function.PluginName is ShopPlugin.Name or OperationsPlugin.Name)
        {
            await next(context);
            return;
        }

        context.Result = new FunctionResult(context.Function, context.Function.Name.StartsWith(Prefix, StringComparison.Ordinal)
            ? lookups.Propose(
                context.Function.Name[Prefix.Length..],
                name => context.Arguments?.GetValueOrDefault(name)?.ToString() ?? ""
            )
            : "There is no such function.");
    }
}
