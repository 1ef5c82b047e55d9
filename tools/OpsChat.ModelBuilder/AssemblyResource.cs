using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OpsChat.ModelBuilder;

/// <summary>Reads what is embedded in an assembly without loading it: none of its code runs and none of its references is needed.</summary>
internal static class AssemblyResource
{
    /// <param name="ending">How the resource's name ends; exactly one must.</param>
    public static byte[] Read(string assembly, string ending)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource)
            .Single(one => metadata.GetString(one.Name).EndsWith(ending, StringComparison.Ordinal));
        var resources = file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress;
        var section = file.GetSectionData(resources);
        // A resource is its length in four bytes, then its bytes (ECMA-335, II.24.2.4).
        var reader = section.GetReader((int)resource.Offset, section.Length - (int)resource.Offset);
        return reader.ReadBytes(reader.ReadInt32());
    }
}
