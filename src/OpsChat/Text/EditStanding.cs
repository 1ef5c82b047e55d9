namespace OpsChat.Text;

/// <summary>Who changed a text since somebody began to edit it.</summary>
public enum EditStanding
{
    /// <summary>It says what is wanted already.</summary>
    Same,

    /// <summary>Only the editor: it can be written.</summary>
    Mine,

    /// <summary>Somebody else, and the editor changed nothing: there is nothing to write.</summary>
    Theirs,

    /// <summary>Both, differently: a person has to choose.</summary>
    Both,
}

/// <summary>The three-way choice before a text is written over.</summary>
public static class EditChoice
{
    /// <param name="begun">The text as it was when the edit began; null when it was not there, or is not known any more.</param>
    /// <param name="present">As it is now; null when it is not there.</param>
    /// <param name="mine">What shall stand there.</param>
    public static EditStanding Of(string? begun, string? present, string mine) =>
        present == mine ? EditStanding.Same
        : present == begun ? EditStanding.Mine
        : mine == begun ? EditStanding.Theirs
        : EditStanding.Both;
}
