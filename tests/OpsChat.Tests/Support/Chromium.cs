using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OpsChat.Tests.Support;

/// <summary>A test in Debian's Chromium; skipped with a reason where it is not installed.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.WhyNot;
}

/// <summary>The same for a test with data.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.WhyNot;
}

/// <summary>One browser and one host for all browser tests; each test opens a context of its own and so is a customer of its own.</summary>
public sealed partial class Chromium : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";

    /// <summary>In ms; long enough for a busy machine, and nothing waits for it when all goes well.</summary>
    private const int Patience = 120_000;

    private readonly List<IBrowserContext> _contexts = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private RunningHost? _host;

    public static string? WhyNot => File.Exists(Path) ? null : $"There is no {Path} on this machine (apt-get install chromium).";

    public RunningHost Host => _host ?? throw new InvalidOperationException("Only browser tests have this host.");

    public async Task InitializeAsync()
    {
        if (WhyNot is not null)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(Patience);
        _host = await RunningHost.StartAsync(spotCheck: 1);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>A page of a browser that has never been here.</summary>
    /// <param name="host">Null for <see cref="Host"/>.</param>
    public async Task<IPage> NewPageAsync(ColorScheme colours = ColorScheme.Light, int width = 1280, int height = 900, RunningHost? host = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = (host ?? Host).Url.ToString(),
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new() { Width = width, Height = height },
        });
        context.SetDefaultTimeout(Patience);
        _contexts.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>Ends what a test opened, so that its pages do not go on asking for news.</summary>
    public async Task CloseAllAsync()
    {
        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        _contexts.Clear();
    }

    /// <summary>The same, signed in to the owner's console by a fresh link.</summary>
    public async Task<IPage> NewOwnerPageAsync(
        ColorScheme colours = ColorScheme.Light,
        int width = 1280,
        int height = 900,
        RunningHost? host = null
    )
    {
        var page = await NewPageAsync(colours, width, height, host);
        await page.GotoAsync(await (host ?? Host).SignInLinkAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        // Asked again and again: an event of the page's loading may have come before anybody waits for it.
        await Assertions.Expect(page).ToHaveURLAsync(SignedIn());
        return page;
    }

    [GeneratedRegex("/owner$")]
    private static partial Regex SignedIn();
}

/// <summary>A class of browser tests; they run one after the other.</summary>
[Collection(BrowserTests.Name)]
public abstract class BrowserTest(Chromium chromium) : IAsyncLifetime
{
    protected Chromium Chromium { get; } = chromium;
    protected RunningHost Host => Chromium.Host;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Chromium.CloseAllAsync();

    protected static string NewCustomer() => $"c{Guid.NewGuid():N}"[..9];
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
