namespace OpsChat.Models.Encoding;
internal sealed class VectorFile;
