"""Echo on real Twisted (epoll); with "line" as the argument a LineReceiver that returns each line."""
import resource
import sys

from twisted.internet import epollreactor
epollreactor.install()
from twisted.internet import reactor  # noqa: E402
from twisted.internet.protocol import Factory, Protocol  # noqa: E402
from twisted.protocols.basic import LineReceiver  # noqa: E402


class Echo(Protocol):
    def connectionMade(self):
        self.transport.setTcpNoDelay(True)
        self.transport.registerProducer(self.transport, True)  # reads no faster than the peer takes the answers

    def dataReceived(self, data):
        self.transport.write(data)


class LineEcho(LineReceiver):
    def connectionMade(self):
        self.transport.setTcpNoDelay(True)

    def lineReceived(self, line):
        self.sendLine(line)


hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
factory = Factory.forProtocol(LineEcho if sys.argv[1:] == ["line"] else Echo)
port = reactor.listenTCP(0, factory, backlog=1024, interface="127.0.0.1")
print("Listening on port", port.getHost().port, flush=True)
reactor.run()
