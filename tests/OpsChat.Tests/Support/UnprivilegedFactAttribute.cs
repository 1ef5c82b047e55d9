namespace OpsChat.Tests.Support;

/// <summary>A test of permissions, which do not hold for root.</summary>
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Skip = "Root may write everywhere; run the tests as another user to see this one.";
        }
    }
}
