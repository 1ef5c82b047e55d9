
namespace OpsChat.Playbooks;

/// <summary>An owner's text with <c>{{name}}</c>, <c>{{date name}}</c> and <c>{{money name}}</c> places. Nothing else is special in it.</summary>
/// <param name="Source">As written, without Markdown markup.</param>
public sealed record TextTemplate(string Source);
