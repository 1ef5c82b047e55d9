namespace OpsChat.Tests.Support;

/// <summary>How a line of a stack trace reads; a sentence that is wrapped before “at the first start” does not read so.</summary>
static class StackFrame
{
    public const string Pattern = @"(?m)^ *at [A-Z]\w*\.[^\r\n]*\(";
}
