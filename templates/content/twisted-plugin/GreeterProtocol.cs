namespace APPLICATION_NAMESPACE;

/// <summary>Says one line and closes.</summary>
public sealed class GreeterProtocol(string greeting) : Protocol
{
    protected override void ConnectionMade()
    {
        Transport.Write($"{greeting}\r\n");
        Transport.LoseConnection(); // when all is sent
    }
}
