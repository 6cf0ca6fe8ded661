using Twisted.Testing;

namespace Twisted.Tests.Framing;

public class StringStatesTests
{
    [Fact]
    public void Each_state_takes_a_string_and_names_the_next_until_the_conversation_is_over()
    {
        var login = new Login();
        StringTransport transport = StringTransport.Connect(login);
        transport.Receive("4:mary,6:secret,2:hi,");
        Assert.Equal(["user mary", "password secret", "said hi"], login.Log);
        Assert.False(transport.IsDisconnecting);
        transport.Receive("2:ho,3:bye,2:ha,");
        Assert.Equal("said ho", login.Log[^1]);
        Assert.True(transport.IsDisconnecting);
        Assert.True(login.IsOver);
    }

    [Fact]
    public void A_state_that_throws_stays_the_present_one()
    {
        var login = new Login();
        StringTransport transport = StringTransport.Connect(login);
        Assert.Throws<InvalidTimeZoneException>(() => transport.Receive("0:,"));
        transport.Receive("3:joe,");
        Assert.Equal(["user joe"], login.Log);
    }

    private sealed class Login : NetstringReceiver
    {
        private readonly StringStates _states;

        internal Login() => _states = new StringStates(User);

        internal List<string> Log { get; } = [];

        internal bool IsOver => _states.Current is null;

        protected override void StringReceived(ReadOnlySpan<byte> data) => _states.Next(data, Transport);

        private StringState User(ReadOnlySpan<byte> name)
        {
            if (name.IsEmpty)
                throw new InvalidTimeZoneException();
            Log.Add("user " + Bytes.Text(name));
            return Password;
        }

        private StringState Password(ReadOnlySpan<byte> password)
        {
            Log.Add("password " + Bytes.Text(password));
            return Talk;
        }

        private StringState? Talk(ReadOnlySpan<byte> text)
        {
            if (text.SequenceEqual("bye"u8))
                return null;
            Log.Add("said " + Bytes.Text(text));
            return Talk;
        }
    }
}
