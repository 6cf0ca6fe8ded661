using System.Runtime.ExceptionServices;
using Twisted.Testing;

namespace Twisted.Conformance.Reentrancy;

/// <summary>What user code may ask for inside a callback, by Twisted's names.</summary>
internal static class GridOperations
{
    private static readonly TestAuthority Authority = new();

    private static readonly System.Security.Cryptography.X509Certificates.X509Certificate2 Certificate =
        Authority.Issue("localhost");

    internal static readonly Dictionary<string, Action<GridScene>> All = new()
    {
        ["write"] = scene => scene.Transport.Write("op"u8),
        ["writeSequence"] = WriteSequence,
        ["loseConnection"] = scene => scene.Transport.LoseConnection(),
        ["abortConnection"] = scene => scene.Transport.AbortConnection(),
        ["loseWriteConnection"] = scene => scene.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection(),
        ["pause"] = scene => scene.Transport.PauseProducing(),
        ["resume"] = scene => scene.Transport.ResumeProducing(),
        ["registerProducer"] = scene => scene.Transport.RegisterProducer(new OnePiece(scene)),
        ["unregisterProducer"] = scene => scene.Transport.UnregisterProducer(),
        ["startTLS"] = StartTls,
        ["stopListening"] = scene => scene.Port!.StopListening().Forget(),
        ["stopReactor"] = scene => scene.Reactor.Stop(),
        ["setProtocol"] = scene => scene.Door!.Exchange(),
    };

    /// <summary>The client's part of STARTTLS.</summary>
    internal static Deferred FollowToTls(ITransport client) => client.GetRequired<IStartTls>()
        .StartTls(TlsOptions.OptionsForClientTls("localhost", Authority.TrustRoot));

    /// <summary>Writes are gathered: a sequence is several of them, by any of the ways to write.</summary>
    private static void WriteSequence(GridScene scene)
    {
        scene.Transport.Write("op"u8);
        "er"u8.CopyTo(scene.Transport.GetSpan(2));
        scene.Transport.Advance(2);
        scene.Transport.Write("ation");
    }

    private static void StartTls(GridScene scene)
    {
        Exception? refused = null;
        IStartTls transport = scene.Transport.GetRequired<IStartTls>();
        transport.StartTls(TlsOptions.OptionsForServerTls(Certificate)).AddBoth(outcome =>
        {
            refused = outcome.Failure;
            scene.Sides["server"].IsSecure = outcome.IsSuccess;
            scene.Check();
        });
        if (refused is not null)
            ExceptionDispatchInfo.Throw(refused);
    }

    /// <summary>Gives one piece and then says that this was all.</summary>
    private sealed class OnePiece(GridScene scene) : IPullProducer
    {
        private int _asked;

        public void ResumeProducing()
        {
            scene.Note("cell", "asked");
            if (_asked++ == 0)
            {
                scene.Transport.Write("piece"u8);
                return;
            }
            scene.Transport.UnregisterProducer();
            scene.HasProduced = true;
            scene.Check();
        }

        public void StopProducing()
        {
            scene.HasProduced = true;
            scene.Note("cell", "stopped");
        }
    }
}
