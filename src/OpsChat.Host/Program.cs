using System.CommandLine;
using OpsChat.Host;
using OpsChat.Host.Commands;

NativeMemory.LimitHeaps();
var root = new RootCommand("OpsChat answers your shop's customers, and never moves money without you. Without a command it runs everything.");
var settings = new GlobalOptions();
settings.AddTo(root);
root.SetAction((parse, cancellationToken) => RunCommand.RunAsync(settings.Read(parse), cancellationToken));
root.Add(SignInCommand.Create(settings));
root.Add(ChatCommand.Create(settings));
root.Add(CheckCommand.Create(settings));
root.Add(TryCommand.Create(settings));
root.Add(EvalCommand.Create(settings));
root.Add(ReplayCommand.Create(settings));
root.Add(LearnCommand.Create(settings));
root.Add(ReportCommand.Create(settings));
root.Add(ErrorsCommand.Create(settings));
root.Add(CanaryCommand.Create(settings));
root.Add(BackupCommand.Create(settings));
root.Add(ForgetCommand.Create(settings));
root.Add(AuditCommand.Create(settings));
root.Add(DoctorCommand.Create(settings));
root.Add(OpsCommand.Create(settings));
root.Add(AlertsCommand.Create(settings));
root.Add(BriefCommand.Create(settings));
root.Add(StockCommand.Create(settings));
root.Add(PurchaseListCommand.Create(settings));
root.Add(ForecastCommand.Create());
root.Add(SupplierCommand.Create());
root.Add(LateCommand.Create());
root.Add(ReturnsCommand.Create());
root.Add(AdsCommand.Create());
root.Add(AskCommand.Create(settings));
root.Add(KpiCommand.Create(settings));
return await CommandLine.InvokeAsync(root, args);

/// <summary>Made visible for tests that start the host in process.</summary>
public partial class Program;
