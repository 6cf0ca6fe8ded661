using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Twisted.Generators;

/// <summary>What is written for one dispatch method. Equal when the text is, so that nothing is written anew.</summary>
internal sealed class DispatchModel(string fileName, string source, ImmutableArray<Diagnostic> diagnostics)
    : IEquatable<DispatchModel>
{
    internal string FileName => fileName;

    internal string Source => source;

    internal ImmutableArray<Diagnostic> Diagnostics => diagnostics;

    internal static DispatchModel Failed(Diagnostic reason) => new("", "", ImmutableArray.Create(reason));

    public bool Equals(DispatchModel other) =>
        other is not null && fileName == other.FileName && source == other.Source
        && diagnostics.Length == 0 && other.Diagnostics.Length == 0;

    public override bool Equals(object obj) => obj is DispatchModel other && Equals(other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(source);
}
