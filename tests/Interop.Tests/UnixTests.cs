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
    public async Task Socat_talks_to_our_port_in_the_file_system_and_by_an_abstract_name()
    {
        await using LocalReactor local = LocalReactor.Start();
        string path = Fresh();
        string name = Path.GetFileName(Path.GetDirectoryName(path))!;
        await local.Call(reactor => Unix(reactor).ListenUnix(path, Factory.For(() => new Echo())));
        await local.Call(reactor => Unix(reactor).ListenUnix("\0" + name, Factory.For(() => new Echo())));
        foreach (string address in new[] { $"UNIX-CONNECT:{path}", $"ABSTRACT-CONNECT:{name}" })
        {
            await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-", address);
            await socat.Send("hello\n");
            Assert.Equal("hello", await socat.Line(_ => true));
        }
    }

    [PeerFact(Peers.Twisted)]
    public async Task Our_client_talks_to_its_port_and_each_respects_the_others_lock()
    {
        string path = Fresh();
        await using RunningProgram peer = Python.Start("unix_peer.py", "serve", path);
        await peer.Line("ready");
        await using LocalReactor local = LocalReactor.Start();
        Assert.Equal("hello", await Ask(local, path, "hello"));
        await Assert.ThrowsAsync<CannotListenException>(() => local.Call(
            reactor => Unix(reactor).ListenUnix(path, Factory.For(() => new Echo()), lockFile: true)));
        await peer.Kill();
        await local.Call(reactor => Unix(reactor).ListenUnix(path, Factory.For(() => new Echo()), lockFile: true));
        await using RunningProgram second = Python.Start("unix_peer.py", "serve", path);
        Assert.NotEqual(0, await second.Exit());
        Assert.Contains("CannotListenError", second.Errors, StringComparison.Ordinal);
    }

    [PeerFact(Peers.Twisted)]
    public async Task It_takes_our_descriptor()
    {
        string path = Fresh();
        await using RunningProgram peer = Python.Start("unix_peer.py", "receive", path);
        await peer.Line("ready");
        await using LocalReactor local = LocalReactor.Start();
        string file = Fresh();
        await File.WriteAllTextAsync(file, "from here");
        using SafeFileHandle handle = File.OpenHandle(file);
        Assert.Equal("from here!", await Ask(local, path, "!", handle));
    }

    [PeerFact(Peers.Twisted)]
    public async Task We_take_its_descriptor()
    {
        await using LocalReactor local = LocalReactor.Start();
        string path = Fresh();
        await local.Call(reactor => Unix(reactor).ListenUnix(path, Factory.For(() => new Takes())));
        await using RunningProgram peer = Python.Start("unix_peer.py", "send", path);
        Assert.Equal("from twisted!\n", await peer.Succeeds());
    }

    private static async Task<string> Ask(
        LocalReactor local, string path, string question, SafeFileHandle? descriptor = null)
    {
        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await local.Call(reactor =>
        {
            new UnixClientEndpoint(Unix(reactor), path)
                .Connect(Factory.For(() => new Asks(question, descriptor, answered))).Forget();
            return true;
        });
        return await answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }

    private sealed class Asks(string question, SafeFileHandle? descriptor, TaskCompletionSource<string> answered)
        : Protocol
    {
        private string _answer = "";

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
            answered.TrySetResult(_answer);
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
