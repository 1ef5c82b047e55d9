using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpsChat.Learning;
using OpsChat.Storage;
using OpsChat.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpsChat.Tests.Web;

public class Proposals_in_the_browser(Chromium chromium) : BrowserTest(chromium)
{
    private const string Taken = "who-answers", Changed = "voucher-code", Refused = "invoice-request";

    /// <summary>On a host of its own: on the one that browser tests share, answers that another test finds right in a spot-check are pinned, and
    /// taking a proposal that changes one of them asks first.</summary>
    [BrowserFact]
    public async Task are_taken_changed_and_refused_with_one_tap()
    {
        await using var host = await RunningHost.StartAsync();
        await DecideAsync(host);
        // Its pages end before it does: they ask for news.
        await Chromium.CloseAllAsync();
    }

    private async Task DecideAsync(RunningHost host)
    {
        var before = new[] { Taken, Changed, Refused }.ToDictionary(playbook => playbook, playbook => File.ReadAllText(PathOf(host, playbook)));
        await ProposeAsync(host, before);
        var customer = NewCustomer();
        await host.WriteAsync(customer, "who answers here");
        await host.AnswersAsync(customer);
        var page = await Chromium.NewOwnerPageAsync(host: host);

        // 1. Taken: the file is written, and the proposal stands among the decided ones.
        await OpenAsync(page, Taken);
        await Expect(page.Locator(".diff .added").First).ToContainTextAsync("Gladly answered");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync($"{Taken}.md is saved and in force");
        await Expect(page.Locator("section:has(#decided-title)")).ToContainTextAsync($"Another reply of {Taken}: taken");
        (await File.ReadAllTextAsync(PathOf(host, Taken))).Should().Contain("Gladly answered");

        // 2. Changed first: the text waits in the editor, and nothing is written.
        await OpenAsync(page, Changed);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it first" }).ClickAsync();
        await page.Locator("#studio[data-checked]").WaitForAsync();
        (await page.Locator("#text").InputValueAsync()).Should().Contain("Gladly answered");
        (await File.ReadAllTextAsync(PathOf(host, Changed))).Should().Be(before[Changed]);
        // While it is changed further, the page tells what that would have done to last week's turns.
        await page.Locator(".editor .cm-content").PressAsync("Control+End");
        await page.Keyboard.InsertTextAsync("\n");
        await Expect(page.Locator("#effect")).ToContainTextAsync("of last week's");

        // 3. Refused, with a reason for oneself.
        await OpenAsync(page, Refused);
        await page.GetByPlaceholder("Why you refuse (optional)").FillAsync("not in winter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Refuse", Exact = true }).ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("comes back only if twice as many");
        await Expect(page.Locator("section:has(#decided-title)")).ToContainTextAsync("not in winter");
        (await File.ReadAllTextAsync(PathOf(host, Refused))).Should().Be(before[Refused]);
    }

    /// <summary>Another wording of each reply.</summary>
    private static async Task ProposeAsync(RunningHost host, Dictionary<string, string> files)
    {
        var proposals = files.Select((file, i) =>
        {
            var reply = file.Value.Split("## Standard Reply\n")[1].Split('\n')[0];
            return ($"p{i}", new Proposal(ProposalKind.Reply, file.Key, $"Another reply of {file.Key}",
                new PlaybookEdit.ReplaceText(reply, $"Gladly answered. {reply}"),
                3, [new($"turn{i}", "who answers here", "Gladly answered.")])
            {
                Why = "3 of 3 edits of this reply change it in the same way.",
                IsAboveTheLine = true,
            });
        }).ToList();
        await host.Services.GetRequiredService<IStore>().WriteAsync(session =>
        {
            session.Proposals.Replace(proposals, proposals.SelectMany(it => it.Item2.Cases).ToDictionary(c => c.Turn, _ => "web:nobody"),
                new DateTimeOffset(2026, 11, 18, 3, 0, 0, TimeSpan.Zero));
            return true;
        }, default);
    }

    private static async Task OpenAsync(IPage page, string playbook)
    {
        await page.GotoAsync("/owner/learn");
        await page.GetByRole(AriaRole.Link, new() { Name = $"Another reply of {playbook}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Another reply of {playbook}" })).ToBeVisibleAsync();
    }

    private static string PathOf(RunningHost host, string playbook) => Path.Combine(host.PlaybooksFolder, $"{playbook}.md");
}
