namespace OpsChat.Understanding;
public sealed record EncoderReading;
