namespace OpsChat.Drafting;

/// <summary>What a model may look up for one question, and propose. It reads only; what it proposes waits for a person.</summary>
public interface IModelLookups
{
    /// <summary>Calls beyond the last that was let through.</summary>
    int Refusals { get; }

    /// <summary>Counts a call; false when the question has used up its look-ups.</summary>
    bool Admit(string function);

    /// <summary>Notes what the model wants done. Nothing is done.</summary>
    /// <param name="argument">An argument of the call by its name; empty when it was not given.</param>
    /// <returns>What the model is told.</returns>
    string Propose(string action, Func<string, string> argument);
}
