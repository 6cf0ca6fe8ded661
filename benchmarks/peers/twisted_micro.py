"""The twins of ./bench micro on real Twisted: twisted_micro.py GROUP SECONDS prints {"case": ..., "ns": ...} lines."""
import json
import random
import sys
import threading
from time import perf_counter

from twisted.internet import defer, endpoints, selectreactor
from twisted.internet.base import ReactorBase
from twisted.protocols import basic
from twisted.python import failure
from twisted.test import proto_helpers
from twisted.words.protocols import irc

GROUP, SECONDS = sys.argv[1], float(sys.argv[2])


def report(case, seconds, operations):
    print(json.dumps({"case": case, "ns": seconds / operations * 1e9}), flush=True)


def measure(case, operations, work, setup=None):
    """The median of five samples, each of as many runs as fill its time; only the work is timed."""
    samples = []
    for _ in range(5):
        spent, runs = 0.0, 0
        limit = perf_counter() + SECONDS
        while runs == 0 or (spent < SECONDS and perf_counter() < limit):
            if setup:
                setup()
            start = perf_counter()
            work()
            spent += perf_counter() - start
            runs += 1
        samples.append(spent / runs)
    report(case, sorted(samples)[2], operations)


class Clockwork(ReactorBase):
    """The real reactor's timers, at a time of our own."""

    def __init__(self):
        self.time = 0.0
        super().__init__()

    def installWaker(self):
        pass

    def seconds(self):
        return self.time


def timers():
    for outstanding in (1_000, 100_000, 1_000_000):
        chance, batch, later = random.Random(1), 1000, 3650 * 86400.0
        reactor, nothing, calls = Clockwork(), (lambda: None), []
        delays = [later + chance.random() * 1e6 for _ in range(batch)]
        for _ in range(outstanding):
            reactor.callLater(later + chance.random() * 1e6, nothing)
        reactor.runUntilCurrent()

        def cancel():
            for call in calls:
                call.cancel()

        def clear():
            for call in calls:
                if call.active():
                    call.cancel()
            calls.clear()
            reactor.runUntilCurrent()

        def schedule():
            for delay in delays:
                calls.append(reactor.callLater(delay, nothing))
            reactor._insertNewDelayedCalls()  # Twisted puts new timers into its heap in the next iteration

        longer = [0]

        def reset():
            longer[0] += 1
            for call, delay in zip(calls, delays):
                call.reset(delay + longer[0])

        def fire():
            reactor.time += 1
            reactor.runUntilCurrent()

        def again():
            clear()
            schedule()

        def soon():
            clear()
            for i in range(batch):
                calls.append(reactor.callLater(i / 1000, nothing))
            reactor._insertNewDelayedCalls()

        measure(f"schedule {outstanding}", batch, schedule, clear)
        measure(f"cancel {outstanding}", batch, cancel, again)
        measure(f"fire {outstanding}", batch, fire, soon)
        again()
        measure(f"reset to later {outstanding}", batch, reset)


def deferred():
    def add(x):
        return x + 1

    trouble = ValueError("trouble")
    for length in (1, 3, 10):
        def after():
            for _ in range(100):
                d = defer.Deferred()
                for _ in range(length):
                    d.addCallback(add)
                d.callback(1)

        def before():
            for _ in range(100):
                d = defer.succeed(1)
                for _ in range(length):
                    d.addCallback(add)

        def failed():
            for _ in range(100):
                d = defer.Deferred()
                for _ in range(length - 1):
                    d.addCallback(add)
                d.addErrback(lambda _: 0)
                d.errback(failure.Failure(trouble))

        measure(f"chain, fired after it was built {length}", 100, after)
        measure(f"chain, fired before it is built {length}", 100, before)
        measure(f"chain, a failure handled at its end {length}", 100, failed)

    def chained_done():
        for _ in range(100):
            defer.succeed(1).addCallback(lambda x: defer.succeed(x + 1))

    def chained_pending():
        for _ in range(100):
            inner = defer.Deferred()
            defer.succeed(1).addCallback(lambda _: inner)
            inner.callback(2)

    async def sum_of(deferreds):
        total = 0
        for d in deferreds:
            total += await d
        return total

    def await_done():
        defer.ensureDeferred(sum_of(defer.succeed(i) for i in range(1000)))

    def await_pending():
        pending = [defer.Deferred() for _ in range(20)]
        defer.ensureDeferred(sum_of(pending))
        for i, d in enumerate(pending):
            d.callback(i)

    def cancel():
        for _ in range(100):
            d = defer.Deferred(lambda _: None)
            d.addCallback(add).addErrback(lambda _: 0)
            d.cancel()

    measure("chained to one that is done", 100, chained_done)
    measure("chained to one that is pending", 100, chained_pending)
    measure("await of a done one", 1000, await_done)
    measure("await of a pending one", 20, await_pending)
    measure("cancel", 100, cancel)


def deliver(name, parameters, data, size, protocol):
    protocol.makeConnection(proto_helpers.StringTransport())
    pieces = [data[at:at + size] for at in range(0, len(data), size)]

    def work():
        for piece in pieces:
            protocol.dataReceived(piece)

    measure(f"{name} {parameters} {size}", 1000, work)


class Lines(basic.LineReceiver):
    def lineReceived(self, line):
        pass


class LinesOnly(basic.LineOnlyReceiver):
    def lineReceived(self, line):
        pass


class Netstrings(basic.NetstringReceiver):
    def stringReceived(self, string):
        pass


class Int32(basic.Int32StringReceiver):
    def stringReceived(self, string):
        pass


def lines():
    for length in (20, 52, 80, 1000):
        data = (b"x" * length + b"\r\n") * 1000
        for size in (16, 64, 256, 1024, 65536):
            deliver("LineReceiver", length, data, size, Lines())
            deliver("LineOnlyReceiver", length, data, size, LinesOnly())


def frames():
    for length in (20, 1000):
        payload = b"x" * length
        netstrings = (str(length).encode() + b":" + payload + b",") * 1000
        prefixed = (length.to_bytes(4, "big") + payload) * 1000
        for size in (64, 1024, 65536):
            deliver("NetstringReceiver", length, netstrings, size, Netstrings())
            deliver("Int32StringReceiver", length, prefixed, size, Int32())


def irc_messages():
    for case, line in (
        ("PRIVMSG", ":ada!~ada@host.example.net PRIVMSG #engines :the engine weaves algebraical patterns"),
        ("JOIN", ":ada!~ada@host.example.net JOIN #engines"),
        ("353", ":irc.example.net 353 bot = #engines :@ada +charles bot grace edsger barbara donald alan"),
    ):
        def parse():
            for _ in range(1000):
                irc.parsemsg(line)

        measure("parse " + case, 1000, parse)


def threads():
    reactor = selectreactor.SelectReactor()
    samples, calls = [], 100_000

    def from_thread():
        for _ in range(3):
            done, left = threading.Event(), [calls]

            def count():
                left[0] -= 1
                if left[0] == 0:
                    done.set()

            start = perf_counter()
            for _ in range(calls):
                reactor.callFromThread(count)
            done.wait()
            samples.append(perf_counter() - start)
        reactor.callFromThread(reactor.stop)

    reactor.callWhenRunning(threading.Thread(target=from_thread, daemon=True).start)
    reactor.run(installSignalHandlers=False)
    report("CallFromThread", sorted(samples)[1], calls)


def strings():
    reactor = proto_helpers.MemoryReactorClock()

    def server():
        for _ in range(100):
            endpoints.serverFromString(reactor, "tcp:8080:interface=127.0.0.1:backlog=100")

    def client():
        for _ in range(100):
            endpoints.clientFromString(reactor, "tcp:host=www.example.com:port=80:timeout=15")

    measure("server endpoint", 100, server)
    measure("client endpoint", 100, client)


{"timers": timers, "deferred": deferred, "lines": lines, "frames": frames, "threads": threads,
 "endpoints": strings, "irc": irc_messages, "channels": lambda: None}[GROUP]()  # the last: Twisted has none
