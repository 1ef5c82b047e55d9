using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OpsChat.Agent;
using OpsChat.Canary;
using OpsChat.Storage;
using OpsChat.Storage.ErrorLog;

namespace OpsChat.Host.Commands;

/// <summary>The error log as commands reach it: opened here or, while a host runs on the same data folder and has it open, asked of that
/// host.</summary>
sealed class ErrorLogAccess(OpsChatOptions options, OpenedShop opened)
{
    /// <summary>A log of many cases may have to be made anew first.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public Task<CanaryReport> ReportAsync(int days, CancellationToken cancellationToken) =>
        EitherAsync(
            log =>
                new ReportReader(
                    log,
                    opened.Store,
                    () => opened.Playbooks.Current,
                    () => opened.Canary.Current.Config,
                    TimeProvider.System
                ).ReadAsync(days, cancellationToken),
            async host =>
            {
                await using var json = await host.GetStreamAsync($"api/report?days={days}", cancellationToken);
                return await JsonSerializer.DeserializeAsync<CanaryReport>(json, ReportJson.Options, cancellationToken)
                    ?? throw new JsonException("The report is empty.");
            }
        );

    public Task<bool> ExportAsync(string target, CancellationToken cancellationToken) => EitherAsync(
        async log =>
        {
            await log.ExportAsync(target, cancellationToken);
            return true;
        },
        async host =>
        {
            await using var content = await host.GetStreamAsync("api/errors/export", cancellationToken);
            await using var file = PrivateFile.Create(target);
            await content.CopyToAsync(file, cancellationToken);
            return true;
        });

    public Task<ErrorLogState> RebuildAsync(CancellationToken cancellationToken) => EitherAsync(
        log => log.RebuildAsync(cancellationToken),
        async host =>
        {
            using var answer = await host.PostAsync(new Uri("api/errors/rebuild", UriKind.Relative), null, cancellationToken);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<ErrorLogState>(cancellationToken) ?? throw new JsonException("The answer is empty.");
        });

    private async Task<T> EitherAsync<T>(Func<ErrorRateLog, Task<T>> here, Func<HttpClient, Task<T>> there)
    {
        await using var log = new ErrorRateLog(opened.Store, options.Data, TimeProvider.System, NullLogger<ErrorRateLog>.Instance);
        try
        {
            return await here(log);
        }
        catch (ErrorLogInUseException inUse)
        {
            using var host = Host();
            try
            {
                return await there(host);
            }
            catch (Exception e) when (e is HttpRequestException or JsonException)
            {
                throw new SetupException(
                    $"{inUse.Message} It was asked at {host.BaseAddress} and did not answer as it should: {e.Message} Is that where it runs? "
                        + "OpsChat__Urls names another place.",
                    e
                );
            }
        }
    }

    private HttpClient Host() => new()
    {
        BaseAddress = new Uri((HostAddress.Of(options) ?? HostNames.Reachable(options.Urls.Split(';')[0])).TrimEnd('/') + "/"),
        Timeout = s_patience,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", opened.OwnerToken.Value) },
    };
}
