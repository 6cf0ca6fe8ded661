using System.Text;

namespace Twisted.Internet;

/// <summary>What every transport can do because it can write bytes.</summary>
public static class TransportExtensions
{
    extension(ITransport transport)
    {
        /// <summary>Writes text as UTF-8.</summary>
        /// <param name="text">The text.</param>
        public void Write(string text)
        {
            ArgumentNullException.ThrowIfNull(transport);
            ArgumentNullException.ThrowIfNull(text);
            int size = Encoding.UTF8.GetByteCount(text);
            if (size > 0)
                transport.Advance(Encoding.UTF8.GetBytes(text, transport.GetSpan(size)));
        }

        /// <summary>An ability of this transport; throws when it has none of that kind.</summary>
        /// <typeparam name="T">The ability's interface.</typeparam>
        /// <exception cref="NotSupportedException">The transport cannot do it.</exception>
        public T GetRequired<T>() where T : class =>
            transport.Get<T>() ?? throw new NotSupportedException(
                $"This transport ({transport.GetType().Name}) has no {typeof(T).Name}.");
    }
}
