using System.Text;
using Microsoft.Win32.SafeHandles;
using Twisted.Internet;

namespace Interop.Tests;

/// <summary>UNIX sockets with socat and the original, in both directions.</summary>
public sealed class UnixTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("unix");
    private int _count;

    public void Dispose() => _folder.Delete(recursive: true);

    private string Fresh() => Path.Combine(_folder.FullName, $"{_count++}");

    private static IReactorUnix Unix(IReactor reactor) => (IReactorUnix)reactor;

    [PeerFact(Peers.Socat)]
    public Task Socat_talks_to_our_port_in_the_file_system_and_by_an_abstract_name() => OnReactor.Run(async reactor =>
    {
        string path = Fresh();
        string name = Path.GetFileName(Path.GetDirectoryName(path))!;
        Unix(reactor).ListenUnix(path, Factory.For(() => new Echo()));
        Unix(reactor).ListenUnix("\0" + name, Factory.For(() => new Echo()));
        foreach (string address in new[] { $"UNIX-CONNECT:{path}", $"ABSTRACT-CONNECT:{name}" })
        {
            await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-", address);
            await Tool.AssertEchoes(socat);
        }
    });

    [PeerFact(Peers.Twisted)]
    public Task Our_client_talks_to_its_port_and_each_respects_the_others_lock() => OnReactor.Run(async reactor =>
    {
        string path = Fresh();
        await using RunningProgram peer = Python.Start("unix_peer.py", "serve", path);
        await peer.Line("ready");
        Assert.Equal("hello", await Ask(reactor, path, "hello"));
        Assert.Throws<CannotListenException>(
            () => { Unix(reactor).ListenUnix(path, Factory.For(() => new Echo()), lockFile: true); });
        await peer.Kill();
        Unix(reactor).ListenUnix(path, Factory.For(() => new Echo()), lockFile: true);
        await using RunningProgram second = Python.Start("unix_peer.py", "serve", path);
        Assert.NotEqual(0, await second.Exit());
        Assert.Contains("CannotListenError", second.Errors, StringComparison.Ordinal);
    });

    [PeerFact(Peers.Twisted)]
    public Task It_takes_our_descriptor() => OnReactor.Run(async reactor =>
    {
        string path = Fresh();
        await using RunningProgram peer = Python.Start("unix_peer.py", "receive", path);
        await peer.Line("ready");
        string file = Fresh();
        await File.WriteAllTextAsync(file, "from here");
        using SafeFileHandle handle = File.OpenHandle(file);
        Assert.Equal("from here!", await Ask(reactor, path, "!", handle));
    });

    [PeerFact(Peers.Twisted)]
    public Task We_take_its_descriptor() => OnReactor.Run(async reactor =>
    {
        string path = Fresh();
        Unix(reactor).ListenUnix(path, Factory.For(() => new Takes()));
        await using RunningProgram peer = Python.Start("unix_peer.py", "send", path);
        Assert.Equal("from twisted!\n", await peer.Succeeds());
    });

    [PeerFact(Peers.Socat)]
    public async Task A_server_takes_over_from_one_that_was_killed_and_removes_its_files_at_its_end()
    {
        string path = Fresh();
        await using RunningProgram killed = await Serve(path);
        await killed.Kill();
        Assert.True(File.Exists(path));
        await using RunningProgram next = await Serve(path);
        await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-", $"UNIX-CONNECT:{path}");
        await Tool.AssertEchoes(socat);
        await using RunningProgram second = await Tool.Start("-n", "echo", "-p", $"unix:{path}");
        await second.Succeeds(exitCode: 1);
        Assert.Contains($"process {next.Id} holds its lock file", second.Errors, StringComparison.Ordinal);
        next.Terminate();
        await next.Succeeds();
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    private static async Task<RunningProgram> Serve(string path)
    {
        RunningProgram server = await Tool.Start("-n", "echo", "-p", $"unix:{path}:mode=600");
        await server.Line($"Listening on unix:{path}");
        return server;
    }

    private static Deferred<string> Ask(
        IReactor reactor, string path, string question, SafeFileHandle? descriptor = null)
    {
        var asks = new Asks(question, descriptor);
        new UnixClientEndpoint(Unix(reactor), path).Connect(Factory.For(() => asks)).Forget();
        return asks.Answered;
    }

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }

    private sealed class Asks(string question, SafeFileHandle? descriptor) : Protocol
    {
        private string _answer = "";

        internal Deferred<string> Answered { get; } = new();

        protected override void ConnectionMade()
        {
            if (descriptor is not null)
                Transport.GetRequired<ISendsFileDescriptors>().SendFileDescriptor(descriptor);
            Transport.Write(question);
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            _answer += Encoding.UTF8.GetString(data);
            if (_answer.Length < question.Length || (descriptor is not null && !_answer.EndsWith('!')))
                return;
            Answered.Callback(_answer);
            Transport.LoseConnection();
        }
    }

    private sealed class Takes : Protocol, IFileDescriptorReceiver
    {
        public void FileDescriptorReceived(SafeFileHandle descriptor)
        {
            using (descriptor)
            {
                byte[] text = new byte[100];
                Transport.Write(text.AsSpan(0, RandomAccess.Read(descriptor, text, 0)));
            }
        }

        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }
}
