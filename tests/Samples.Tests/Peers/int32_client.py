"""Twisted's own Int32StringReceiver as client: sends strings, one cut into single bytes, and prints what comes back."""
import struct
import sys

from twisted.internet import endpoints, reactor, task
from twisted.protocols.basic import Int32StringReceiver

STRINGS = [b"hello", b"", b"\0\1\2\3", b"x" * 50000]


class Client(Int32StringReceiver):
    def connectionMade(self):
        self.transport.setTcpNoDelay(True)
        self.received = []
        for string in STRINGS[:-1]:
            self.sendString(string)
        last = struct.pack("!I", len(STRINGS[-1])) + STRINGS[-1]
        for byte in last[:20]:
            self.transport.write(bytes([byte]))
        self.transport.write(last[20:])

    def stringReceived(self, string):
        self.received.append(string)
        if len(self.received) == len(STRINGS):
            self.transport.loseConnection()

    def connectionLost(self, reason):
        print("same" if self.received == STRINGS else f"differs: {self.received}")
        reactor.stop()


point = endpoints.TCP4ClientEndpoint(reactor, "127.0.0.1", int(sys.argv[1]))
endpoints.connectProtocol(point, Client()).addErrback(lambda f: (print(f), reactor.stop()))
reactor.run()
