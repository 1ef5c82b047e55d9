using System.Security.Cryptography;
using OpsChat.ModelBuilder;

// Usage: OpsChat.ModelBuilder ASSEMBLY FOLDER
// Takes model.onnx and vocab.txt out of the assembly's resources and writes the int8 model and the vocabulary to the folder. A stamp beside
// them names what they were made from, so that the next build has nothing to do.
if (args is not [var assembly, var folder])
{
    Console.Error.WriteLine("Usage: OpsChat.ModelBuilder ASSEMBLY FOLDER");
    return 2;
}

var made = new EncoderFiles(folder);
var source = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(assembly)));
if (!made.AreMadeFrom(source))
{
    made.Write(
        ChannelQuantizer.Quantize(AssemblyResource.Read(assembly, ".model.onnx")),
        AssemblyResource.Read(assembly, ".vocab.txt"),
        source);
    Console.WriteLine($"Made {made.Model} ({new FileInfo(made.Model).Length / 1_000_000} MB) from {Path.GetFileName(assembly)}.");
}

return 0;
