using System.Runtime.InteropServices;

namespace OpsChat.ModelBuilder;

/// <summary>Element types of a tensor, numbered as in onnx.proto.</summary>
internal enum ElementType { Float = 1, Int8 = 3 }

/// <summary>A constant of a model.</summary>
/// <param name="Shape">The length of each dimension.</param>
/// <param name="Raw">The elements in row-major order, little-endian.</param>
internal sealed record OnnxTensor(string Name, ElementType Type, int[] Shape, ReadOnlyMemory<byte> Raw)
{
    private const int Dimensions = 1, DataType = 2, FloatData = 4, NameField = 8, RawData = 9;

    public ReadOnlySpan<float> Floats => MemoryMarshal.Cast<byte, float>(Raw.Span);

    public static OnnxTensor Parse(ReadOnlyMemory<byte> bytes)
    {
        var message = ProtobufMessage.Parse(bytes);
        var raw = message.All(RawData).Concat(message.All(FloatData)).FirstOrDefault();
        return new(
            message.Text(NameField),
            (ElementType)message.Number(DataType),
            [.. message.Numbers(Dimensions).Select(length => (int)length)],
            raw
        );
    }

    public static OnnxTensor Of(string name, float[] values, params int[] shape) =>
        new(name, ElementType.Float, shape, MemoryMarshal.AsBytes<float>(values).ToArray());

    public static OnnxTensor Of(string name, sbyte[] values, params int[] shape) =>
        new(name, ElementType.Int8, shape, MemoryMarshal.AsBytes<sbyte>(values).ToArray());

    public ReadOnlyMemory<byte> ToBytes() => Shape.Aggregate(new ProtobufMessage(), (message, length) => message.With(Dimensions, (ulong)length))
        .With(DataType, (ulong)Type).With(NameField, Name).With(RawData, Raw).ToBytes();
}

/// <summary>One operation of a model's graph.</summary>
/// <param name="Message">The node as it was read, with what is not named here.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, ProtobufMessage Message)
{
    private const int InputField = 1, OutputField = 2, NameField = 3, OperationField = 4, AttributeField = 5;
    private const int AttributeName = 1, AttributeInteger = 3, AttributeTensor = 5, AttributeType = 20;
    private const ulong IntegerType = 2;

    public static OnnxNode Parse(ReadOnlyMemory<byte> bytes)
    {
        var message = ProtobufMessage.Parse(bytes);
        return new(message.Text(OperationField), [.. message.Texts(InputField)], [.. message.Texts(OutputField)], message);
    }

    public static OnnxNode Of(string operation, string[] inputs, params string[] outputs)
    {
        var message = inputs.Aggregate(new ProtobufMessage(), (made, input) => made.With(InputField, input));
        message = outputs.Aggregate(message, (made, output) => made.With(OutputField, output));
        return new(operation, inputs, outputs, message.With(NameField, $"{outputs[0]}/{operation}").With(OperationField, operation));
    }

    /// <summary>The same with an attribute that is a whole number.</summary>
    public OnnxNode With(string attribute, ulong value) =>
        this with
        {
            Message = Message.With(
                AttributeField,
                new ProtobufMessage()
                    .With(AttributeName, attribute)
                    .With(AttributeInteger, value)
                    .With(AttributeType, IntegerType)
                    .ToBytes()
            ),
        };

    /// <summary>The tensor that a Constant stands for; null for other operations and other constants.</summary>
    public OnnxTensor? Constant() =>
        Operation == "Constant"
            ? Message
                .All(AttributeField)
                .SelectMany(attribute => ProtobufMessage.Parse(attribute).All(AttributeTensor))
                .Select(OnnxTensor.Parse)
                .FirstOrDefault()
            : null;
}
