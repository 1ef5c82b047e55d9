using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Logging.Console;
using OpsChat.Agent;
using OpsChat.Host.Web.Exports;
using OpsChat.Host.Web.Inbox;
using OpsChat.Host.Web.Passkeys;
using OpsChat.Storage;

namespace OpsChat.Host.Web;

/// <summary>The web process: the customer's chat, the owner's console, the API.</summary>
static class WebHost
{
    /// <summary>What is in flight at a stop has this long to finish; then it stands in the store for the next start.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

    public static WebApplication Build(
        IConfiguration configuration,
        OpsChatOptions options,
        OpenedShop opened,
        Action<IServiceCollection>? more = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new() { ApplicationName = typeof(WebHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Configuration.AddConfiguration(configuration);
        builder
            .WebHost.UseKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = LargestBody(options);
            })
            .UseUrls(options.Urls.Split(';'));
        builder
            .Logging.AddConfiguration(configuration.GetSection("Logging"))
            .AddConsole(console => console.FormatterName = PlainConsoleFormatter.FormatterName)
            .AddConsoleFormatter<PlainConsoleFormatter, ConsoleFormatterOptions>();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter(typeof(RolloutLines).FullName, LogLevel.Information);
        // It warns that keys lie unencrypted on the disk; they lie in the data folder, which only this user may open.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement", LogLevel.Error);
        // A start that fails ends in a sentence on the command line; the host's own report of it is a page of stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        RequestLines.AreNeverLogged(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);

        builder.Services.AddOpsChat(options, opened);
        builder.Services.AddHostedService<EncoderLoader>();
        builder.Services.AddHostedService<NativeMemory>();
        builder.Services.AddTelemetry(options);

        AddWeb(builder.Services, options, opened.Store);
        more?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseExceptionHandler(Problems.Handle);
        app.UseMiddleware<SecurityHeaders>();
        app.UseStatusCodePages(Problems.DescribeAsync);
        app.UseHostFiltering();
        // For each cookie of the host, those of the framework included.
        app.UseCookiePolicy(new()
        {
            Secure = HostNames.ArePublic(options) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest,
            HttpOnly = HttpOnlyPolicy.Always,
            MinimumSameSitePolicy = SameSiteMode.Strict,
        });
        app.Use(app.Services.GetRequiredService<WidgetSites>().AnswerAsync);
        app.UseStaticFiles();
        app.UseRouting();
        app.Use(RouteTexts.DecodeAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapGet("/health", () => Results.Json(new { status = "ok" }));
        app.MapGet("/ready", Readiness.TellAsync);
        app.MapChat();
        app.MapPictures();
        app.MapOwnerApi();
        app.MapOperationsApi();
        app.MapSignIn();
        app.MapPasskeys();
        app.MapOwnerForms();
        app.MapOperationsForms();
        app.MapInbox();
        app.MapExports();
        app.MapPeople();
        app.MapFileForms();
        app.MapFields();
        app.MapLearn();
        app.MapSetupForms();
        app.MapTelegramWebhook(options);
        app.MapShopWebhook();
        app.MapRazorComponents<Pages.App>();
        return app;
    }

    /// <summary>Bytes of a request: a message of as many characters as are read fits however it is written (<c>\u0061</c> has six bytes).</summary>
    private static long LargestBody(OpsChatOptions options) => Math.Max(256 * 1024, (6L * options.Messages.MostCharacters) + (16 * 1024));

    /// <summary>Under this name the keys of <see cref="Keys"/> protect what browsers and the terminal keep for us.</summary>
    internal const string Application = "OpsChat";

    private static void AddKeys(IDataProtectionBuilder protection, OpsChatOptions options, IStore store)
    {
        if (store.IsShared)
        {
            protection.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new StoredKeys(store, Keys(options)));
        }
        else
        {
            protection.PersistKeysToFileSystem(Keys(options));
        }
    }

    internal static DirectoryInfo Keys(OpsChatOptions options) => new(Path.Combine(Path.GetFullPath(options.Data), "keys"));

    private static void AddWeb(IServiceCollection services, OpsChatOptions options, IStore store)
    {
        services.AddRouting();
        services.AddHostFiltering(filter => filter.AllowedHosts = HostNames.Allowed(options));
        AddKeys(services.AddDataProtection().SetApplicationName(Application), options, store);
        services.AddAuthentication(OwnerAccess.Either)
            .AddPolicyScheme(OwnerAccess.Either, null, scheme => scheme.ForwardDefaultSelector = OwnerAccess.SchemeOf)
            .AddScheme<BearerOptions, BearerHandler>(OwnerAccess.Bearer, null)
            .AddCookie(CookieAuthenticationDefaults.AuthenticationScheme, OwnerAccess.ConfigureCookie);
        OwnerAccess.Configure(services.AddAuthorizationBuilder());
        services.AddAntiforgery();
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddPasskeys();
        services.AddSingleton<SignInCodes>();
        services.AddSingleton<CustomerCookie>();
        services.AddSingleton<TerminalPass>();
        services.AddSingleton<FlashNote>();
        services.AddSingleton<AddressLimits>();
        services.AddSingleton<Undoing>();
        services.AddSingleton<RouteRights>();
        services.AddSingleton<WidgetSites>();
        services.AddSingleton<BrokenFiles>();
        services.AddSingleton<Presence>();
        services.AddSingleton<ShownTranslations>();
        services.AddSingleton<ProvenNames>();
        services.AddSingleton<OrderSearch>();
        services.AddSingleton<ShopTables>();
        services.AddSingleton<ChatEndpoints.ChatDesk>();
        services.AddSingleton<ChatThumbs>();
        services.AddSingleton<ChatUpload>();
    }
}
