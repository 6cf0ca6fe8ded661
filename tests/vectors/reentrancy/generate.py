"""Runs every cell of the re-entrancy grid in real Twisted and prints one line of JSON for each.

    /usr/bin/python3 tests/vectors/reentrancy/generate.py > tests/vectors/reentrancy/twisted.jsonl

The cells, their events and their settling are those of tests/Twisted.Conformance/Reentrancy; see README.md.
"""
import gc
import json
import os
import sys

from twisted.application import service
from twisted.internet import defer, error, protocol, ssl
from twisted.internet.interfaces import (
    IHalfCloseableProtocol, IHandshakeListener, IPullProducer, IPushProducer, IResolutionReceiver)
from twisted.python import log
from zope.interface import implementer

from authority import certificate

PIECE = 100_000
HALF_CLOSING = ("readConnectionLost", "writeConnectionLost")


class Side(protocol.Protocol):
    """One side of a connection: notes what it hears."""

    def __init__(self, scene, name):
        self.scene, self.name, self.received = scene, name, 0
        self.made = self.lost = self.secure = False

    def connectionMade(self):
        self.made = True
        self.note("made")

    def dataReceived(self, data):
        self.received += len(data)
        if self.scene.of(self.name)[-1:] != ["data"]:
            self.note("data")

    def connectionLost(self, reason):
        self.lost = True
        clean = reason.check(error.ConnectionDone)
        self.note(f"lost:{reason.type.__name__}" + (f" after {self.received} bytes" if clean else ""))

    def note(self, text):
        self.scene.note(self.name, text)


@implementer(IHandshakeListener)
class Secure(Side):
    def handshakeCompleted(self):
        self.secure = True
        self.scene.check()


@implementer(IPushProducer)
class Server(Secure):
    """Acts in the callback of its cell."""

    def makeConnection(self, transport):
        if self.name == "server":
            self.scene.transport = transport
            self.scene.act("makeConnection")
        protocol.Protocol.makeConnection(self, transport)

    def act(self, callback):
        if self.name == "server":
            self.scene.act(callback)

    def connectionMade(self):
        Side.connectionMade(self)
        self.act("connectionMade")

    def dataReceived(self, data):
        Side.dataReceived(self, data)
        self.act("dataReceived")

    def connectionLost(self, reason):
        Side.connectionLost(self, reason)
        self.act("connectionLost")

    def pauseProducing(self):
        self.note("pause")
        self.act("pauseProducing")

    def resumeProducing(self):
        self.scene.resumed = True
        self.note("resume")
        self.act("resumeProducing")

    def stopProducing(self):
        self.note("stop")
        self.act("stopProducing")


@implementer(IHalfCloseableProtocol)
class HalfClosing(Server):
    def readConnectionLost(self):
        self.scene.readLost = True
        self.note("readLost")
        self.act("readConnectionLost")

    def writeConnectionLost(self):
        self.scene.writeLost = True
        self.note("writeLost")
        self.act("writeConnectionLost")


@implementer(IPullProducer)
class OnePiece:
    def __init__(self, scene):
        self.scene, self.asked = scene, 0

    def resumeProducing(self):
        self.asked += 1
        self.scene.note("cell", "asked")
        if self.asked == 1:
            self.scene.transport.write(b"piece")
            return
        self.scene.transport.unregisterProducer()
        self.scene.produced = True

    def stopProducing(self):
        self.scene.note("cell", "stopped")
        self.scene.produced = True


class ServerFactory(protocol.ServerFactory):
    noisy = False

    def __init__(self, scene):
        self.scene, self.built = scene, 0

    def startFactory(self):
        self.scene.note("factory", "start")

    def stopFactory(self):
        self.scene.note("factory", "stop")

    def buildProtocol(self, address):
        self.built += 1
        if self.built == 2:
            self.scene.act("buildProtocol")
        return self.scene.server("server" if self.built == 1 else "server2")


class SideFactory(protocol.ServerFactory):
    noisy = False

    def __init__(self, scene):
        self.scene = scene

    def startFactory(self):
        self.scene.note("side", "start")
        self.scene.act("startFactory")

    def stopFactory(self):
        self.scene.note("side", "stop")
        self.scene.act("stopFactory")


class ClientFactory(protocol.ClientFactory):
    noisy = False

    def __init__(self, scene, side):
        self.scene, self.side = scene, side

    def buildProtocol(self, address):
        return self.side

    def clientConnectionFailed(self, connector, reason):
        self.scene.note("failing", f"failed:{reason.type.__name__}")
        self.scene.act("clientConnectionFailed")


class Datagrams(protocol.DatagramProtocol):
    def __init__(self, scene):
        self.scene = scene

    def datagramReceived(self, data, peer):
        self.scene.note("datagrams", "received")
        try:
            self.scene.act("datagramReceived")
        finally:
            self.transport.write(data, peer)


@implementer(IResolutionReceiver)
class Receiver:
    def __init__(self, scene):
        self.scene = scene

    def resolutionBegan(self, resolution):
        pass

    def addressResolved(self, address):
        pass

    def resolutionComplete(self):
        self.scene.note("names", "complete")
        self.scene.act("resolutionComplete")


class Serving(service.Service):
    """Acts when it starts, or when it stops."""

    def __init__(self, scene):
        self.scene = scene

    def startService(self):
        service.Service.startService(self)
        self.scene.act("startService")

    def stopService(self):
        service.Service.stopService(self)
        self.scene.act("stopService")


class Echo(protocol.Protocol):
    def dataReceived(self, data):
        self.transport.write(data)


class Scene:
    def __init__(self, callback, operation, reactor):
        self.callback, self.operation, self.reactor = callback, operation, reactor
        self.transcript, self.waiting = {}, []
        self.acted = self.accepted = self.produced = False
        self.resumed = self.readLost = self.writeLost = False
        self.transport = self.sidePort = self.datagramPort = self.exchanged = None
        self.sides, self.ports = {}, []

    def of(self, side):
        return self.transcript.setdefault(side, [])

    def note(self, side, text):
        self.of(side).append(text)
        self.check()

    def check(self):
        for waiting in self.waiting[:]:
            if waiting[0]() and waiting in self.waiting:
                self.waiting.remove(waiting)
                self.reactor.callLater(0, waiting[1].callback, None)

    def until(self, condition):
        done = defer.Deferred()
        self.waiting.append((condition, done))
        self.check()
        return done

    def server(self, name):
        kind = HalfClosing if self.callback in HALF_CLOSING else Server
        side = self.sides[name] = kind(self, name)
        return side

    def listen(self, factory):
        port = self.reactor.listenTCP(0, factory, interface="127.0.0.1")
        self.ports.append(port)
        return port

    def connect(self, port, name):
        side = self.sides[name] = Secure(self, name)
        self.reactor.connectTCP("127.0.0.1", port.getHost().port, ClientFactory(self, side))

    def act(self, callback):
        if callback != self.callback or self.acted:
            return
        self.acted = True
        if self.operation == "throw":
            self.note("cell", "throw")
            raise ZeroDivisionError("user code")
        try:
            OPERATIONS[self.operation](self)
            self.accepted = True
            self.note("cell", f"{self.operation} ok")
        except Exception as failure:
            self.note("cell", f"{self.operation} raised {type(failure).__name__}")

    def lost(self, name):
        side = self.sides.get(name)
        return side is None or side.lost or not side.made

    def isMade(self, name):
        return name in self.sides and self.sides[name].made

    @property
    def serverLost(self):
        return self.lost("exchanged" if "exchanged" in self.sides else "server")

    def settled(self):
        if self.serverLost:
            return True
        # Behind a closed write side a producer is asked once, and then nobody takes anything of it.
        asked = self.operation == "registerProducer" and self.accepted and self.callback != "writeConnectionLost"
        if asked and not self.produced:
            return False
        if self.callback == "pauseProducing":
            return self.resumed or self.operation == "unregisterProducer"
        if self.callback == "readConnectionLost" and self.operation == "loseWriteConnection":
            return self.writeLost
        if self.callback == "writeConnectionLost":
            return self.lost("client") and (self.readLost or self.operation == "pause")
        return True

    @defer.inlineCallbacks
    def play(self):
        self.port = self.listen(ServerFactory(self))
        self.connect(self.port, "client")
        if self.callback not in ("makeConnection", "connectionMade"):
            yield self.until(lambda: self.isMade("server") and self.isMade("client"))
            PROVOKE[self.callback](self)
        yield self.until(lambda: self.acted)
        if self.operation == "stopReactor":
            return
        yield self.until(lambda: self.sides["client"].made)
        yield self.until(self.settled)
        if self.operation == "startTLS" and self.accepted and not self.serverLost:
            yield self.goSecure()
        self.finish()
        yield self.until(lambda: self.serverLost and self.lost("client"))
        if self.callback == "buildProtocol":
            yield self.finishSecond()
        yield self.echo()
        for port in self.ports:
            yield port.stopListening()
        self.reactor.stop()

    @defer.inlineCallbacks
    def goSecure(self):
        client = self.sides["client"]
        plain = PIECE if self.callback in ("pauseProducing", "resumeProducing") else 0
        yield self.until(lambda: client.received == plain)
        client.transport.startTLS(ssl.optionsForClientTLS("localhost", trustRoot=AUTHORITY))
        yield self.until(lambda: client.secure and self.sides["server"].secure)
        self.transport.write(b"secret")

    def finish(self):
        if self.serverLost:
            return
        if not (self.operation == "registerProducer" and self.accepted):
            self.transport.unregisterProducer()
        self.transport.resumeProducing()
        self.transport.loseConnection()

    @defer.inlineCallbacks
    def finishSecond(self):
        client = self.sides["client2"]
        yield self.until(lambda: client.lost or (client.made and self.isMade("server2")))
        if not client.lost:
            client.transport.loseConnection()
        yield self.until(lambda: self.lost("server2") and client.lost)

    @defer.inlineCallbacks
    def echo(self):
        port = self.listen(protocol.Factory.forProtocol(Echo))
        self.connect(port, "echo")
        yield self.until(lambda: self.sides["echo"].made)
        self.sides["echo"].transport.write(b"again")
        yield self.until(lambda: self.sides["echo"].received == 5)
        self.sides["echo"].transport.loseConnection()
        yield self.until(lambda: self.sides["echo"].lost)

    def stopListening(self):
        {"stopFactory": self.sidePort, "datagramReceived": self.datagramPort}.get(
            self.callback, self.port).stopListening()

    def exchange(self):
        if not self.transport.connected:
            return  # nobody would tell the new protocol of its connection
        self.transport.protocol = self.server("exchanged")
        self.transport.protocol.makeConnection(self.transport)

    def produce(self):
        side = self.sides["server"]
        self.transport.registerProducer(side, True)
        try:
            self.transport.write(b"." * PIECE)
        except ZeroDivisionError:
            self.note("cell", "write raised ZeroDivisionError")

    def startSide(self):
        try:
            self.sidePort = self.listen(SideFactory(self))
        except ZeroDivisionError:
            self.note("side", "listen raised ZeroDivisionError")

    def stopSide(self):
        self.startSide()
        self.ports.remove(self.sidePort)
        self.sidePort.stopListening().addCallbacks(
            lambda _: self.note("side", "closed"), lambda failure: self.note("side", "not closed"))

    @defer.inlineCallbacks
    def refuse(self):
        port = self.listen(SideFactory(self))
        self.ports.remove(port)
        number = port.getHost().port
        yield port.stopListening()
        del self.transcript["side"]
        self.reactor.connectTCP("127.0.0.1", number, ClientFactory(self, None))

    def datagram(self):
        self.datagramPort = self.reactor.listenUDP(0, Datagrams(self), interface="127.0.0.1")
        sender = self.reactor.listenUDP(0, protocol.DatagramProtocol(), interface="127.0.0.1")
        self.ports += [self.datagramPort, sender]
        sender.write(b"datagram", ("127.0.0.1", self.datagramPort.getHost().port))

    def stopProducing(self):
        self.transport.registerProducer(self.sides["server"], True)
        self.sides["client"].transport.loseConnection()

    def deferred(self):
        chain = defer.Deferred()
        chain.addCallback(lambda _: self.act("deferred"))
        self.reactor.callLater(0, chain.callback, None)

    def startServices(self):
        self.reactor.callLater(0, self.services().startService)

    def stopServices(self):
        services = self.services()
        services.startService()
        self.reactor.callLater(0, services.stopService)

    def services(self):
        services = service.MultiService()
        Serving(self).setServiceParent(services)
        return services

    def observe(self):
        def observer(event):
            if event.get("grid"):
                self.act("logObserver")
        log.addObserver(observer)
        self.reactor.callLater(0, log.msg, "something", grid=True)


PROVOKE = {
    "buildProtocol": lambda scene: scene.connect(scene.port, "client2"),
    "makeConnection": None,
    "connectionMade": None,
    "dataReceived": lambda scene: scene.sides["client"].transport.write(b"x"),
    "connectionLost": lambda scene: scene.sides["client"].transport.loseConnection(),
    "readConnectionLost": lambda scene: scene.sides["client"].transport.loseWriteConnection(),
    "writeConnectionLost": lambda scene: scene.transport.loseWriteConnection(),
    "pauseProducing": Scene.produce,
    "resumeProducing": Scene.produce,
    "stopProducing": Scene.stopProducing,
    "startFactory": Scene.startSide,
    "stopFactory": Scene.stopSide,
    "clientConnectionFailed": Scene.refuse,
    "callLater": lambda scene: scene.reactor.callLater(0, scene.act, "callLater"),
    "callFromThread": lambda scene: scene.reactor.callInThread(
        scene.reactor.callFromThread, scene.act, "callFromThread"),
    "deferred": Scene.deferred,
    "resolutionComplete": lambda scene: scene.reactor.nameResolver.resolveHostName(Receiver(scene), "localhost"),
    "datagramReceived": Scene.datagram,
    "startService": Scene.startServices,
    "stopService": Scene.stopServices,
    "logObserver": Scene.observe,
}

OPERATIONS = {
    "write": lambda scene: scene.transport.write(b"op"),
    "writeSequence": lambda scene: scene.transport.writeSequence([b"op", b"er", b"ation"]),
    "loseConnection": lambda scene: scene.transport.loseConnection(),
    "abortConnection": lambda scene: scene.transport.abortConnection(),
    "loseWriteConnection": lambda scene: scene.transport.loseWriteConnection(),
    "pause": lambda scene: scene.transport.pauseProducing(),
    "resume": lambda scene: scene.transport.resumeProducing(),
    "registerProducer": lambda scene: scene.transport.registerProducer(OnePiece(scene), False),
    "unregisterProducer": lambda scene: scene.transport.unregisterProducer(),
    "startTLS": lambda scene: scene.transport.startTLS(CERTIFICATE.options()),
    "stopListening": Scene.stopListening,
    "stopReactor": lambda scene: scene.reactor.stop(),
    "setProtocol": Scene.exchange,
    "throw": None,
}

CERTIFICATE, AUTHORITY = certificate()


def run(callback, operation):
    from twisted.internet import epollreactor
    epollreactor.install()
    from twisted.internet import reactor
    scene = Scene(callback, operation, reactor)
    unhandled = []
    log.addObserver(lambda event: event["isError"] and unhandled.append(event["failure"].type.__name__))

    def stuck():
        scene.note("cell", "STUCK")
        if reactor.running:
            reactor.stop()

    def begin():
        scene.play().addErrback(lambda failure: (scene.note("cell", f"DRIVER {failure.getErrorMessage()}"), stuck()))

    reactor.callWhenRunning(begin)
    limit = reactor.callLater(3, stuck)
    reactor.run()
    if limit.active():
        limit.cancel()
    gc.collect()
    scene.transcript.pop("echo", None)
    if unhandled:
        scene.transcript["unhandled"] = unhandled
    stops = "STUCK" not in scene.of("cell")  # else Twisted does not come to an end, and defines nothing
    print(json.dumps({"callback": callback, "operation": operation,
                      "transcript": dict(sorted(scene.transcript.items())) if stops else None}), flush=True)


def main():
    wanted = sys.argv[1:]
    for callback in PROVOKE:
        for operation in OPERATIONS:
            if wanted and [callback, operation] != wanted:
                continue
            child = os.fork()
            if child == 0:
                run(callback, operation)
                os._exit(0)
            os.waitpid(child, 0)


main()
