"""The long page of the TLS scenarios on real Twisted (epoll): twisted_page.py PEM."""
import sys

from twisted.internet import epollreactor
epollreactor.install()
from zope.interface import implementer  # noqa: E402
from twisted.internet import interfaces, reactor, ssl  # noqa: E402
from twisted.internet.protocol import Factory, Protocol  # noqa: E402

LENGTH = 64 * 1024 * 1024
CHUNK = b"\0" * (64 * 1024)


@implementer(interfaces.IPullProducer)
class Page(Protocol):
    sent = 0

    def dataReceived(self, data):
        if not self.sent:
            self.transport.write(b"HTTP/1.0 200 OK\r\n\r\n")
            self.transport.registerProducer(self, False)

    def resumeProducing(self):
        self.transport.write(CHUNK)
        self.sent += len(CHUNK)
        if self.sent >= LENGTH:
            self.transport.unregisterProducer()
            self.transport.loseConnection()

    def stopProducing(self):
        pass


with open(sys.argv[1], "rb") as file:
    certificate = ssl.PrivateCertificate.loadPEM(file.read())
port = reactor.listenSSL(0, Factory.forProtocol(Page), certificate.options(), backlog=1024, interface="127.0.0.1")
print("Listening on port", port.getHost().port, flush=True)
reactor.run()
