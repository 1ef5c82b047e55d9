namespace OpsChat;

/// <summary>Whether something holds, when it may be impossible to tell.</summary>
public enum Truth { No, Unsure, Yes }
