namespace OpsChat.Agent;

/// <summary>How many hosts are at work on the shop's store just now, as far as this one knows; at least 1.</summary>
public delegate int LivingHosts();
