namespace OpsChat.ShopData.Values;

/// <summary>What a cell says: a value, nothing, or something that cannot be read. The last is unknown, never empty and never zero.</summary>
/// <param name="Value">Null unless the cell was read.</param>
/// <param name="Unreadable">Why the value is unknown, for people; null when the cell is empty or was read.</param>
internal readonly record struct Cell<T>(T? Value, string? Unreadable) where T : struct
{
    public bool IsEmpty => Value is null && Unreadable is null;
}
