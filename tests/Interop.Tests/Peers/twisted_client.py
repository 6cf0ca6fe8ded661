"""Twisted's protocols as client of an echo, in single bytes without Nagle:  twisted_client.py bytes|lines PORT"""
import sys

from twisted.internet import endpoints, protocol, reactor, task
from twisted.protocols.basic import LineReceiver

LINES = [b"hello", b"", bytes(range(1, 10)) + bytes(range(14, 256)), b"a line of some length " * 20, b"last"]


class Tiny:
    """Sends its stream byte by byte, each in an iteration of its own, so that most go in packets of their own."""

    def connectionMade(self):
        self.transport.setTcpNoDelay(True)
        stream = b"".join(line + b"\r\n" for line in LINES)
        task.cooperate(self.transport.write(stream[i:i + 1]) for i in range(len(stream)))

    def end(self, is_good):
        print("good" if is_good else "differs")
        self.transport.loseConnection()

    def connectionLost(self, reason):
        reactor.stop()


class Bytes(Tiny, protocol.Protocol):
    received = b""

    def dataReceived(self, data):
        self.received += data
        expected = b"".join(line + b"\r\n" for line in LINES)
        if len(self.received) >= len(expected):
            self.end(self.received == expected)


class Lines(Tiny, LineReceiver):
    def connectionMade(self):
        self.received = []
        super().connectionMade()

    def lineReceived(self, line):
        self.received.append(line)
        if len(self.received) == len(LINES) + 1:
            self.end(self.received == [b"Hello, I am an echo server."] + LINES)


kind, port = sys.argv[1:]
point = endpoints.TCP4ClientEndpoint(reactor, "127.0.0.1", int(port))
made = endpoints.connectProtocol(point, Bytes() if kind == "bytes" else Lines())
made.addErrback(lambda failure: (print(failure), reactor.stop()))
reactor.run()
