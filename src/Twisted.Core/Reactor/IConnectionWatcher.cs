namespace Twisted.Internet;

/// <summary>
/// A client factory of ours that hears when MakeConnection has returned: then an endpoint's Deferred fires.
/// </summary>
internal interface IConnectionWatcher
{
    void ConnectionStarted(IProtocol protocol);
}
