using OpsChat.Operations.Actions;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>Actions outside the chat that somebody approved and a person still has to do, or to look after.</summary>
static class ShopActionsToDo
{
    private const int MostRows = 200;

    public static IReadOnlyList<ShopAction> Of(UnitOfWork session) =>
        [.. session.ShopActions.List(ShopActionState.Approved, MostRows), .. session.ShopActions.List(ShopActionState.Unknown, MostRows)];
}
