"""Twisted at the other end of a UNIX socket:  unix_peer.py serve|send|receive PATH

serve    an echo with a lock file; says "ready"
send     connects, passes a file that says "from twisted" with the byte "!", and prints what comes back
receive  listens, reads the file that it is passed, and answers with its text
"""
import os
import sys
import tempfile

from twisted.internet import protocol, reactor
from twisted.internet.interfaces import IFileDescriptorReceiver
from twisted.protocols.wire import Echo
from zope.interface import implementer

kind, path = sys.argv[1:]
if path.startswith("@"):
    path = "\0" + path[1:]


class Sends(protocol.Protocol):
    def connectionMade(self):
        self.file = tempfile.TemporaryFile()
        self.file.write(b"from twisted")
        self.file.flush()
        self.transport.sendFileDescriptor(self.file.fileno())
        self.transport.write(b"!")

    def dataReceived(self, data):
        print(data.decode())
        self.transport.loseConnection()

    def connectionLost(self, reason):
        reactor.stop()


@implementer(IFileDescriptorReceiver)
class Receives(protocol.Protocol):
    def fileDescriptorReceived(self, descriptor):
        self.text = os.pread(descriptor, 100, 0)
        os.close(descriptor)

    def dataReceived(self, data):
        self.transport.write(self.text + data)


if kind == "send":
    reactor.connectUNIX(path, protocol.ClientFactory.forProtocol(Sends))
else:
    built = protocol.Factory.forProtocol(Echo if kind == "serve" else Receives)
    reactor.listenUNIX(path, built, wantPID=not path.startswith("\0"))
    print("ready")
reactor.run()
