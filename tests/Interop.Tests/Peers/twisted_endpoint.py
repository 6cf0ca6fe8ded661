"""Says hello where an endpoint string of Twisted's leads, prints the answer:  twisted_endpoint.py STRING"""
import sys

from twisted.internet import endpoints, protocol, reactor


class Hello(protocol.Protocol):
    def connectionMade(self):
        self.transport.write(b"hello")

    def dataReceived(self, data):
        print(data.decode())
        self.transport.loseConnection()

    def connectionLost(self, reason):
        reactor.stop()


made = endpoints.connectProtocol(endpoints.clientFromString(reactor, sys.argv[1]), Hello())
made.addErrback(lambda failure: (print(failure), reactor.stop()))
reactor.run()
