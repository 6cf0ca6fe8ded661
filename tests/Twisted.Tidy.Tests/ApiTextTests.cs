namespace Twisted.Tidy.Tests;

/// <summary>The snapshots are read by people: they say what C# says.</summary>
public class ApiTextTests
{
    [Fact]
    public void A_class_reads_as_its_declaration() => Assert.Equal(
        """
        abstract class Twisted.Tidy.Tests.ApiTextTests.Sample<T> : IDisposable where T : class
            protected Sample(int size = 7)
            public event Action<string?>? Changed
            public void Dispose()
            public static T? Find<U>(in U key, params string?[] names) where U : struct
            protected abstract string? Get(ApiTextTests.Ways ways = Ways.Up | Ways.Down, string text = "x")
            protected virtual bool this[int index] { get; }
            public const int Limit = 7
            public void Log(object? o = null, DateTime at = default, char c = 'x')
            [Obsolete(error)] public void Old()
            public int? Size { get; protected set; }
            public override string ToString()
            public (T, List<T?>) Twin(Dictionary<string, T?[]> map, ref int? count)


        """.ReplaceLineEndings("\n"), ApiText.Of([typeof(Sample<>)]));

    [Fact]
    public void Other_kinds_of_types_are_told_apart() => Assert.Equal(
        """
        delegate Twisted.Tidy.Tests.ApiTextTests.Change<T>
            T Invoke(T old)

        sealed record Twisted.Tidy.Tests.ApiTextTests.Pair : IEquatable<ApiTextTests.Pair>
            public Pair(string Name, int Count)
            public int Count { get; init; }
            public string Name { get; init; }

        readonly ref struct Twisted.Tidy.Tests.ApiTextTests.View
            public int Length { get; }

        [Flags] enum Twisted.Tidy.Tests.ApiTextTests.Ways : byte
            None = 0
            Up = 1
            Down = 2


        """.ReplaceLineEndings("\n"), ApiText.Of([typeof(Ways), typeof(View), typeof(Pair), typeof(Change<>)]));

#pragma warning disable CA1000, CA1003, CA1028, CA1034, CA1063, CA1816 // shapes, not a design
    public abstract class Sample<T>(int size = 7) : IDisposable where T : class
    {
        public const int Limit = 7;
        private readonly int _hidden = size;
        public event Action<string?>? Changed;
        public int? Size { get; protected set; }
        protected virtual bool this[int index] => index == _hidden;
        protected abstract string? Get(Ways ways = Ways.Up | Ways.Down, string text = "x");
        public static T? Find<U>(in U key, params string?[] names) where U : struct => null;
        public (T, List<T?>) Twin(Dictionary<string, T?[]> map, ref int? count) => throw new NotSupportedException();
        [Obsolete("Gone.", error: true)]
        public void Old() { }
        public void Log(object? o = null, DateTime at = default, char c = 'x') { }
        public void Dispose() { }
        public override string ToString() => "";
        private protected void Mine() => Changed?.Invoke(null);
        internal void Ours() { }
    }

    [Flags]
    public enum Ways : byte
    {
        None = 0,
        Up = 1,
        Down = 2,
    }

    public readonly ref struct View { public int Length => 0; }

    public sealed record Pair(string Name, int Count);

    public delegate T Change<T>(T old);
#pragma warning restore
}
