using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OpsChat.Agent;

namespace OpsChat.Host;

/// <summary>Sends metrics and traces to the collector that a setting names, by OTLP over HTTP; without the setting nothing of it runs.</summary>
static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, OpsChatOptions options)
    {
        if (options.Telemetry is not { } collector)
        {
            return;
        }

        services.AddHosted<CommitMeter>();
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("opschat", serviceInstanceId: Opening.HostName))
            .WithMetrics(metrics =>
                metrics.AddMeter(CommitMeter.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime").AddOtlpExporter(To(collector, "v1/metrics"))
            )
            .WithTracing(traces => traces.AddSource(CommitMeter.Name).AddOtlpExporter(To(collector, "v1/traces")));
    }

    private static Action<OtlpExporterOptions> To(Uri collector, string path) =>
        exporter =>
        {
            // A collector that does not answer must not hold up a stop.
            exporter.TimeoutMilliseconds = 2_000;
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new Uri($"{collector.ToString().TrimEnd('/')}/{path}");
        };
}
