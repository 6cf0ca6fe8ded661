using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Twisted.Fuzzing;

/// <summary>Makes an input out of those of the corpus: a few changes, one on top of the other.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> tokens)
{
    /// <summary>One input in so many may grow to <see cref="Longest"/>; the others stay small, and so quick.</summary>
    private const int LargeOneIn = 512;
    private const int Usual = 2048;
    private const int Longest = 160 * 1024; // ten times the longest limit there is, and more than two reads of a socket
    private const int MostChanges = 6;

    private static readonly long[] Numbers =
        [0, 1, 2, 9, 10, 63, 64, 99, 100, 101, 127, 128, 255, 256, 999, 1000, 1024, 4096, 16384, 32767, 32768, 65535,
         65536, 99_999, 100_000, int.MaxValue, int.MaxValue + 1L, uint.MaxValue, uint.MaxValue + 1L, long.MaxValue];

    /// <summary>The input of a case.</summary>
    internal byte[] Make(FuzzRandom random)
    {
        var bytes = new List<byte>(corpus.Count == 0 ? [] : random.Of(corpus));
        int longest = random.OneIn(LargeOneIn) ? Longest : Math.Max(Usual, bytes.Count);
        for (int changes = 1 + random.Below(MostChanges); changes > 0; changes--)
            Change(bytes, random, longest);
        if (bytes.Count > longest)
            bytes.RemoveRange(longest, bytes.Count - longest);
        return [.. bytes];
    }

    private void Change(List<byte> bytes, FuzzRandom random, int longest)
    {
        int at = random.Below(bytes.Count + 1);
        int length = Math.Min(1 + random.Below(random.OneIn(4) ? 64 : 6), bytes.Count - at);
        switch (random.Below(12))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next();
                break;
            case 2:
                bytes.Insert(at, (byte)random.Next());
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4: // a piece once more, somewhere else
                bytes.InsertRange(random.Below(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                Repeat(bytes, at, length, random, longest);
                break;
            case 6 when corpus.Count > 0:
                Splice(bytes, at, random.Of(corpus), random);
                break;
            case 7:
                Put(bytes, at, Number(random), random);
                break;
            case 8 or 9 when tokens.Count > 0:
                Put(bytes, at, random.Of(tokens), random);
                break;
            case 10:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 11:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(), random.Below(32)));
                break;
        }
    }

    /// <summary>Many times the same: long messages, floods of small ones, deep nesting.</summary>
    private static void Repeat(List<byte> bytes, int at, int length, FuzzRandom random, int longest)
    {
        if (length == 0)
            return;
        byte[] piece = [.. bytes.GetRange(at, length)];
        int room = Math.Max(0, (longest - bytes.Count) / length);
        int times = random.Below(Math.Min(room, random.OneIn(8) || longest > Usual ? room : 16) + 1);
        byte[] all = new byte[times * length];
        for (int i = 0; i < times; i++)
            piece.CopyTo(all, i * length);
        bytes.InsertRange(at, all);
    }

    /// <summary>Goes on as another input does.</summary>
    private static void Splice(List<byte> bytes, int at, byte[] other, FuzzRandom random)
    {
        int from = random.Below(other.Length + 1);
        if (random.OneIn(2))
            bytes.RemoveRange(at, bytes.Count - at);
        bytes.InsertRange(at, other[from..]);
    }

    /// <summary>Inserts, or writes over what is there.</summary>
    private static void Put(List<byte> bytes, int at, byte[] piece, FuzzRandom random)
    {
        if (random.OneIn(2))
            bytes.RemoveRange(at, Math.Min(piece.Length, bytes.Count - at));
        bytes.InsertRange(at, piece);
    }

    /// <summary>Numbers at which code goes wrong, as text and as bytes.</summary>
    private static byte[] Number(FuzzRandom random)
    {
        long number = random.Of(Numbers) + random.Below(3) - 1;
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return random.Below(4) switch
        {
            0 => bytes[6..],
            1 => bytes[4..],
            _ => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)),
        };
    }
}
