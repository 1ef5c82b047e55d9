using System.Collections;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace OpsChat.Drafting.Prompts;

/// <summary>One prompt's template. Immutable; may be rendered by several threads at once.</summary>
internal sealed class PromptScript
{
    private const int LongestPrompt = 200_000;

    private static readonly ParserOptions s_limits = new() { ExpressionDepthLimit = 20 };

    private readonly Template _template;

    private PromptScript(Template template) => _template = template;

    /// <summary>Its errors and its tree, for the lint.</summary>
    public LogMessageBag Messages => _template.Messages;

    public bool HasErrors => _template.HasErrors;

    public ScriptPage? Page => _template.Page;

    public static PromptScript Parse(string file, string source) => new(Template.Parse(source, file, s_limits));

    /// <summary>The text with its places filled. A name that is not given is an error of the program: the lint lets only given ones pass.</summary>
    public string Render(ScriptObject values)
    {
        var context = new PromptContext
        {
            StrictVariables = true,
            LoopLimit = 1_000,
            RecursiveLimit = 5,
            ObjectRecursionLimit = 5,
            LimitToString = LongestPrompt,
        };
        context.PushGlobal(values);
        return _template.Render(context);
    }

    /// <summary>Without Scriban's own functions; nothing and an empty text or list count as "no" in an <c>if</c>.</summary>
    private sealed class PromptContext() : TemplateContext(builtin: [])
    {
        public override bool ToBool(SourceSpan span, object? value) => value switch
        {
            string text => text.Length > 0,
            ICollection items => items.Count > 0,
            _ => base.ToBool(span, value!),
        };
    }
}
