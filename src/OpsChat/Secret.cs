using System.ComponentModel;
using System.Globalization;

namespace OpsChat;

/// <summary>A secret that does not show itself in logs or messages. Settings bind to it as to a string.</summary>
/// <param name="Value">Read it only where it is handed to its owner.</param>
[TypeConverter(typeof(FromText))]
public sealed record Secret(string Value)
{
    public bool IsEmpty => Value.Length == 0;

    public override string ToString() => IsEmpty ? "(none)" : "(secret)";

    private sealed class FromText : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => new Secret((string)value);
    }
}
