"""Real Twisted speaks TLS: twisted_tls.py server|starttls-server CERTIFICATE, client|starttls-client PORT AUTHORITY."""
import sys

from twisted.internet import endpoints, protocol, reactor, ssl
from twisted.internet.protocol import Factory
from twisted.protocols import basic

role = sys.argv[1]


class Echo(basic.LineReceiver):
    def lineReceived(self, line):
        if line == b"STARTTLS":
            self.sendLine(b"ready")
            self.transport.startTLS(self.factory.options)
        elif line == b"bulk":
            self.transport.write(b"x" * 3_000_000 + b"\r\n")
            self.transport.loseConnection()
        else:
            self.sendLine(line)


class Caller(basic.LineReceiver):
    MAX_LENGTH = 4_000_000

    def connectionMade(self):
        if role == "starttls-client":
            self.sendLine(b"STARTTLS")
        else:
            self.sendLine(b"hello")

    def lineReceived(self, line):
        if line == b"ready":
            self.transport.startTLS(options())
            self.sendLine(b"hello")
        elif line == b"hello":
            print("echoed", flush=True)
            self.sendLine(b"bulk")
        else:
            print("bulk", len(line), flush=True)

    def connectionLost(self, reason):
        print("lost", reason.type.__name__, flush=True)
        reactor.stop()


def options():
    with open(sys.argv[3], "rb") as file:
        return ssl.optionsForClientTLS("localhost", ssl.Certificate.loadPEM(file.read()))


if role.endswith("server"):
    with open(sys.argv[2], "rb") as file:
        certificate = ssl.PrivateCertificate.loadPEM(file.read())
    factory = Factory.forProtocol(Echo)
    factory.options = certificate.options()
    if role == "server":
        port = reactor.listenSSL(0, factory, certificate.options(), interface="127.0.0.1")
    else:
        port = reactor.listenTCP(0, factory, interface="127.0.0.1")
    print("Listening on port", port.getHost().port, flush=True)
else:
    factory = protocol.ClientFactory.forProtocol(Caller)
    if role == "client":
        reactor.connectSSL("127.0.0.1", int(sys.argv[2]), factory, options())
    else:
        reactor.connectTCP("127.0.0.1", int(sys.argv[2]), factory)
reactor.callLater(50, reactor.stop)
reactor.run()
