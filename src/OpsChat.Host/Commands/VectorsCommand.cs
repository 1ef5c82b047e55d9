using System.CommandLine;
using OpsChat.Agent;
using OpsChat.Models.Encoding;
using OpsChat.Playbooks;

namespace OpsChat.Host.Commands;

/// <summary>
/// <c>vectors FILE</c>, for the build: the encoder's vectors of the shipped playbooks, so that no first start and no command in a folder without
/// data computes them again. Hidden from the help.
/// </summary>
static class VectorsCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var file = new Argument<string>("FILE");
        var command = new Command("vectors") { file };
        command.Hidden = true;
        command.SetAction(parse =>
        {
            var options = Opening.Options(settings.Read(parse));
            var vectors = new VectorFile(parse.GetRequiredValue(file));
            if (MiniLmEncoder.Open(MiniLmEncoder.UsualFolder) is OpenedEncoder.Ready ready)
            {
                PlaybookSnapshot.From(PlaybookFolder.Load(Opening.FromHome(options.Playbooks)), new CachedEncoder(ready.Encoder, vectors));
            }
            else
            {
                // Whoever builds without the encoder has the file all the same, with nothing in it.
                vectors.Write("", new Dictionary<string, float[]>());
            }

            return 0;
        });
        return command;
    }
}
