namespace OpsChat.ModelBuilder;

/// <summary>One field of a message as it stands on the wire.</summary>
/// <param name="Number">The field's number in the message's definition.</param>
/// <param name="Value">A number's value; 0 for bytes.</param>
/// <param name="Bytes">A text, a message or packed numbers; empty for a number.</param>
internal sealed record ProtobufField(int Number, WireType Type, ulong Value, ReadOnlyMemory<byte> Bytes);

/// <summary>How a field's value is written (protobuf.dev, "Encoding").</summary>
internal enum WireType { Number = 0, Eight = 1, Bytes = 2, Four = 5 }

/// <summary>
/// A protobuf message as a list of its fields, in order. Fields that nobody asks about are written back as they were read, so that
/// a small part of ONNX's definition is enough to change a model.
/// </summary>
internal sealed class ProtobufMessage(IEnumerable<ProtobufField> fields)
{
    private readonly List<ProtobufField> fields = [.. fields];

    public ProtobufMessage() : this([]) { }

    public IReadOnlyList<ProtobufField> Fields => fields;

    public static ProtobufMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        var message = new ProtobufMessage();
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes.Span, ref at);
            message.fields.Add(ReadField((int)(key >> 3), (WireType)(key & 7), bytes, ref at));
        }

        return message;
    }

    public IEnumerable<ReadOnlyMemory<byte>> All(int number) => fields.Where(field => field.Number == number).Select(field => field.Bytes);

    public IEnumerable<string> Texts(int number) => All(number).Select(bytes => System.Text.Encoding.UTF8.GetString(bytes.Span));

    public string Text(int number) => Texts(number).FirstOrDefault("");

    public ulong Number(int number) => fields.Find(field => field.Number == number)?.Value ?? 0;

    /// <summary>A repeated number, packed or one by one.</summary>
    public IEnumerable<long> Numbers(int number) =>
        fields
            .Where(field => field.Number == number)
            .SelectMany(field => field.Type == WireType.Number ? [(long)field.Value] : Unpacked(field.Bytes));

    public ProtobufMessage With(int number, string text) => With(number, System.Text.Encoding.UTF8.GetBytes(text));

    public ProtobufMessage With(int number, ReadOnlyMemory<byte> bytes) => new(fields.Append(new(number, WireType.Bytes, 0, bytes)));

    public ProtobufMessage With(int number, ulong value) => new(fields.Append(new(number, WireType.Number, value, default)));

    public ReadOnlyMemory<byte> ToBytes()
    {
        using var stream = new MemoryStream();
        foreach (var field in fields)
        {
            Write(stream, ((ulong)field.Number << 3) | (ulong)field.Type);
            if (field.Type == WireType.Number)
            {
                Write(stream, field.Value);
                continue;
            }

            if (field.Type == WireType.Bytes)
            {
                Write(stream, (ulong)field.Bytes.Length);
            }

            stream.Write(field.Bytes.Span);
        }

        return stream.ToArray();
    }

    private static ProtobufField ReadField(int number, WireType type, ReadOnlyMemory<byte> bytes, ref int at)
    {
        if (type == WireType.Number)
        {
            return new(number, type, Varint(bytes.Span, ref at), default);
        }

        var length = type switch
        {
            WireType.Bytes => (int)Varint(bytes.Span, ref at),
            WireType.Eight => 8,
            WireType.Four => 4,
            _ => throw new InvalidDataException($"Field {number} has the wire type {type}, which protobuf 3 does not write."),
        };
        at += length;
        return new(number, type, 0, bytes.Slice(at - length, length));
    }

    private static List<long> Unpacked(ReadOnlyMemory<byte> packed)
    {
        var numbers = new List<long>();
        for (var at = 0; at < packed.Length;)
        {
            numbers.Add((long)Varint(packed.Span, ref at));
        }

        return numbers;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private static void Write(MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
