using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpsChat.Agent;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>Errors over HTTP: one clear sentence, never a stack trace.</summary>
static class Problems
{
    // In seconds. Most trouble of the store is a lock, and writers wait five seconds for one.
    private const string TroubleLasts = "10";

    public static IResult Error(int status, string sentence) => Results.Json(new { error = sentence }, statusCode: status);

    public static IResult TooMany(HttpContext context, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString("0");
        return Error(StatusCodes.Status429TooManyRequests, "Too much at once. Wait a moment, then go on.");
    }

    /// <summary>A sentence for answers that have none of their own: as JSON for programs, as text for a person's browser.</summary>
    public static Task DescribeAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var isForPrograms = IsForPrograms(context);
        var sentence = context.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest when isForPrograms => Unreadable,
            StatusCodes.Status400BadRequest => "This page was out of date, so nothing was done. Go back, load it again, and repeat it.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "This address does not take that kind of request.",
            StatusCodes.Status413PayloadTooLarge => TooLarge(context),
            StatusCodes.Status415UnsupportedMediaType => "Send it as JSON, with the header Content-Type: application/json.",
            _ => "This did not work.",
        };
        return isForPrograms ? context.Response.WriteAsJsonAsync(new { error = sentence }) : context.Response.WriteAsync(sentence);
    }

    private const string Unreadable = "The request cannot be read: it must be valid JSON of the documented form.";

    /// <summary>The API, and what the chat page's own script asks for.</summary>
    private static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/chat", StringComparison.OrdinalIgnoreCase);

    private static string TooLarge(HttpContext context) => context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most
        ? $"The request is too large: at most {most:N0} bytes are read here. Send it in parts."
        : "The request is too large. Send it in parts.";

    public static void Handle(IApplicationBuilder app) => app.Run(async context =>
    {
        var (status, sentence) = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (413, TooLarge(context)),
            BadHttpRequestException bad => (bad.StatusCode, Unreadable),
            // A customer can do nothing about the shop's disk, and need not know where it is.
            StoreException when context.Request.Path.StartsWithSegments("/chat", StringComparison.OrdinalIgnoreCase) =>
                (StatusCodes.Status503ServiceUnavailable, "The shop cannot take messages just now. Try again in a minute."),
            StoreException store => (StatusCodes.Status503ServiceUnavailable, store.Message),
            _ => (StatusCodes.Status500InternalServerError, "Something went wrong here; the log says more."),
        };
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = status == StatusCodes.Status503ServiceUnavailable ? TroubleLasts : default;
        await context.Response.WriteAsJsonAsync(new { error = sentence });
    });
}

/// <summary>Headers for every answer: no inline script, no framing, no guessing of types, no leaking of addresses.</summary>
sealed class SecurityHeaders(RequestDelegate next, OpsChatOptions options, WidgetSites sites)
{
    /// <summary>Who may hold a page in a frame: nobody, but for the chat the sites that the owner named, and the demo's own page.</summary>
    private string FramedBy(PathString path) => path.Equals("/widget", StringComparison.OrdinalIgnoreCase) ? sites.FramedBy : "'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action "
                + "'self'; frame-ancestors "
            + FramedBy(context.Request.Path);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (HostNames.ArePublic(options))
        {
            // Without subdomains: the shop may have others, which are none of our business.
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (
            context.Request.Path.StartsWithSegments("/owner", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        )
        {
            headers.CacheControl = "no-cache, no-store";
            headers.Pragma = "no-cache";
        }

        return next(context);
    }
}
