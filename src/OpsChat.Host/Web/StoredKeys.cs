using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>The keys of cookies in the store, so that what one host gave to a browser is good on each.</summary>
/// <param name="folder">Where a host keeps them that has its store for itself.</param>
sealed class StoredKeys(IStore store, DirectoryInfo folder) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = Read(session => session.CookieKeys.All());
        return [.. (keys.Count > 0 ? keys : Begun()).Select(key => XElement.Parse(key))];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        Write(session =>
        {
            session.CookieKeys.Add(friendlyName, Text(element));
            return true;
        });

    /// <summary>
    /// The first key is made with the store's help: hosts that begin at the same time would each make one of their own, and not know the other's for
    /// a day. Those of a data folder from before the store was shared are taken over, and everybody stays signed in.
    /// </summary>
    private IReadOnlyList<string> Begun()
    {
        var keys = InFolder(folder) is { Count: > 0 } known ? known : [New()];
        return Write(session =>
        {
            foreach (var (name, key) in session.CookieKeys.All().Count == 0 ? keys : [])
            {
                session.CookieKeys.Add(name, Text(key));
            }

            return session.CookieKeys.All();
        });
    }

    private T Read<T>(Func<UnitOfWork, T> work) => store.ReadAsync(work, CancellationToken.None).GetAwaiter().GetResult();

    private T Write<T>(Func<UnitOfWork, T> work) => store.WriteAsync(work, CancellationToken.None).GetAwaiter().GetResult();

    private static List<(string Name, XElement Key)> InFolder(DirectoryInfo folder) =>
        folder.Exists
            ? [.. folder.EnumerateFiles("*.xml").Select(file => (Path.GetFileNameWithoutExtension(file.Name), XElement.Load(file.FullName)))]
            : [];

    private static (string Name, XElement Key) New()
    {
        var made = new KeysInMemory([]);
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName(WebHost.Application);
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = made);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("first").Protect([1]);
        return made.Made!.Value;
    }

    private static string Text(XElement element) => element.ToString(SaveOptions.DisableFormatting);
}

/// <summary>Keys as they were read, or made, once.</summary>
sealed class KeysInMemory(IEnumerable<XElement> known) : IXmlRepository
{
    private readonly List<XElement> _elements = [.. known];

    /// <summary>The name of the key that was made last, and its XML; null when none was made.</summary>
    public (string Name, XElement Key)? Made { get; private set; }

    /// <summary>Those of the store that hosts share.</summary>
    public static async Task<KeysInMemory> OfAsync(OpsChatOptions options, CancellationToken cancellationToken)
    {
        await using var store = await Opening.StoreAsync(options, cancellationToken);
        return new((await store.ReadAsync(session => session.CookieKeys.All(), cancellationToken)).Select(XElement.Parse));
    }

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _elements];

    public void StoreElement(XElement element, string friendlyName)
    {
        _elements.Add(element);
        Made = (friendlyName, element);
    }
}
