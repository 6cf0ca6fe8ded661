namespace Twisted.Protocols;

/// <summary>What a <see cref="FileSender"/> has written, when it is done.</summary>
/// <param name="BytesWritten">How many bytes, after the transformation if there was one.</param>
/// <param name="LastByte">The last of them, to see whether a text ended with its line; null for an empty file.</param>
public readonly record struct FileTransfer(long BytesWritten, byte? LastByte);
