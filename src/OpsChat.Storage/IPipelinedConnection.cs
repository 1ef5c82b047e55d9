namespace OpsChat.Storage;

/// <summary>A connection over which a sentence costs a round trip: those whose outcome nobody asks for are kept, and sent with the next one that
/// is asked, in their order.</summary>
interface IPipelinedConnection
{
    /// <summary>From now on what is posted is kept.</summary>
    void Begin();

    /// <summary>Sends what is kept, and keeps nothing any more.</summary>
    /// <remarks>What a kept sentence throws is thrown here, or by the one that it was sent with.</remarks>
    void End();

    /// <summary>Forgets what is kept, and keeps nothing any more.</summary>
    void Abandon();

    /// <summary>Executes a sentence of which only the errors matter.</summary>
    void Post(Action execute);
}
