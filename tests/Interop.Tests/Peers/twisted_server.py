"""Twisted's protocols as server:  twisted_server.py echo|lines. The lines come back, and then the end."""
import sys

from twisted.internet import protocol, reactor
from twisted.protocols.basic import LineReceiver
from twisted.protocols.wire import Echo


class Lines(LineReceiver):
    def lineReceived(self, line):
        self.sendLine(line)
        self.transport.loseConnection()


factory = protocol.Factory.forProtocol(Echo if sys.argv[1] == "echo" else Lines)
port = reactor.listenTCP(0, factory, interface="127.0.0.1")
print("Listening on port", port.getHost().port)
reactor.run()
