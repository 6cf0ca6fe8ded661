"""Twisted as a UDP peer:  udp_peer.py echo | ask PORT | member GROUP PORT | call GROUP PORT

echo    answers every datagram; prints "Listening on port N"
ask     sends "question" to PORT of this machine and prints the answer
member  joins a group on the loopback interface and answers what it hears; prints "ready"
call    sends "question" to the group and prints the first answer
"""
import sys

from twisted.internet import protocol, reactor

kind, *rest = sys.argv[1:]


class Echo(protocol.DatagramProtocol):
    def datagramReceived(self, data, sender):
        self.transport.write(b"twisted heard " + data, sender)


class Member(Echo):
    def startProtocol(self):
        self.transport.joinGroup(rest[0], "127.0.0.1").addCallback(lambda _: print("ready"))


class Asks(protocol.DatagramProtocol):
    def startProtocol(self):
        if kind == "call":
            self.transport.setOutgoingInterface("127.0.0.1")
            self.transport.write(b"question", (rest[0], int(rest[1])))
        else:
            self.transport.write(b"question", ("127.0.0.1", int(rest[0])))

    def datagramReceived(self, data, sender):
        print(data.decode())
        reactor.stop()


if kind == "echo":
    port = reactor.listenUDP(0, Echo(), interface="127.0.0.1")
    print("Listening on port", port.getHost().port)
elif kind == "member":
    reactor.listenMulticast(int(rest[1]), Member(), listenMultiple=True)
elif kind == "call":
    reactor.listenMulticast(0, Asks())
else:
    reactor.listenUDP(0, Asks(), interface="127.0.0.1")
reactor.run()
