using System.Collections.Concurrent;
using OpsChat.Agent;

namespace OpsChat.Host.Web;

/// <summary>
/// Whose pages may hold the chat in a frame: those of the sites that the owner named, and the host's own demo page. A page of another site that has
/// the widget's line gets a script which shows its visitors nothing, and the owner is told of that site.
/// </summary>
sealed partial class WidgetSites(OpsChatOptions options, ILogger<WidgetSites> logger)
{
    /// <summary>Anybody can put the line on a page: so many sites are remembered, and no more.</summary>
    private const int MostRemembered = 8;

    private const string Script = "/widget.js";

    // Each host tells of the sites that asked it.
    private readonly ConcurrentDictionary<string, bool> _unnamed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>As the content policy names them.</summary>
    public string FramedBy { get; } =
        options.Widget.Allowed is { Count: > 0 } sites ? string.Join(' ', ["'self'", .. sites])
        : options.Shop.Length == 0 ? "'self'"
        : "'none'";

    /// <summary>Sites that asked for the chat since the start and are not named, in order of their names.</summary>
    public IReadOnlyList<string> Unnamed => [.. _unnamed.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What the owner is told of them; null while there is none.</summary>
    public string? Trouble => Unnamed is { Count: > 0 } sites
        ? $"{string.Join(", ", sites)} asked for the chat and {(sites.Count == 1 ? "is" : "are")} not named in OpsChat__Widget__Origins, so "
            + "nothing is shown there. "
            + "If that is your shop, add it as it stands here, and start OpsChat again."
        : null;

    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.Equals(Script, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        context.Response.Headers.Vary = "Referer";
        if (UnnamedSite(context.Request) is not { } site)
        {
            await next(context);
            return;
        }

        if (_unnamed.Count < MostRemembered && _unnamed.TryAdd(site, true))
        {
            AskedFor(logger, site);
        }

        context.Response.ContentType = "text/javascript";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(
            $"console.warn(\"OpsChat: {site} is not named in OpsChat__Widget__Origins, so the chat is not shown here. Add it, and start OpsChat "
                + "again.\");\n"
        );
    }

    /// <summary>The site of the page that asks, unless it may hold the chat or does not say who it is.</summary>
    private string? UnnamedSite(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page)
        && page.Scheme is "http" or "https"
        && page.GetLeftPart(UriPartial.Authority) is var site
        && site.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '/' or '.' or '-' or '[' or ']' or '_')
        && !options.Widget.Allowed.Contains(site, StringComparer.OrdinalIgnoreCase)
        && !string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
            ? site
            : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A page of {Site} asked for the chat, and OpsChat__Widget__Origins does not name that site: "
        + "nothing is shown there. If it is your shop's, add it and start OpsChat again.")]
    private static partial void AskedFor(ILogger logger, string site);
}
