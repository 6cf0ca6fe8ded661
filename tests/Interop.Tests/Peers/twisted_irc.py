"""Twisted's server and client of IRC:

twisted_irc.py server                        two accounts, first and second, with the password "secret"
twisted_irc.py client PORT NICK FOLDER       does what standard input says, a command a line; prints what it hears;
                                             puts the files that it is offered into the folder
"""
import sys

from twisted.cred.checkers import InMemoryUsernamePasswordDatabaseDontUse
from twisted.cred.portal import Portal
from twisted.internet import protocol, reactor, stdio
from twisted.protocols.basic import LineReceiver
from twisted.words.protocols import irc
from twisted.words.service import InMemoryWordsRealm, IRCFactory


class File(irc.DccFileReceive):
    def connectionLost(self, reason):
        irc.DccFileReceive.connectionLost(self, reason)
        print("received", self.bytesReceived)


class Client(irc.IRCClient):
    nickname = sys.argv[3] if len(sys.argv) > 3 else ""

    def connectionMade(self):
        irc.IRCClient.connectionMade(self)
        stdio.StandardIO(Commands(self))

    def dccDoSend(self, user, address, port, fileName, size, data):
        protocol.ClientCreator(reactor, File, fileName, size, destDir=sys.argv[4]).connectTCP(address, port)

    def signedOn(self):
        print("signedOn")

    def privmsg(self, user, channel, message):
        print("privmsg", channel, message)

    def action(self, user, channel, data):
        print("action", channel, data)

    def topicUpdated(self, user, channel, newTopic):
        print("topicUpdated", channel, newTopic)

    def modeChanged(self, user, channel, set, modes, args):
        print("modeChanged", channel, set, modes, *args)

    def userRenamed(self, oldname, newname):
        print("userRenamed", oldname, newname)

    def kickedFrom(self, channel, kicker, message):
        print("kickedFrom", channel, kicker, message)

    def pong(self, user, secs):
        print("pong", user.split("!")[0])

    def connectionLost(self, reason):
        irc.IRCClient.connectionLost(self, reason)
        if reactor.running:
            reactor.stop()


class Commands(LineReceiver):
    delimiter = b"\n"

    def __init__(self, client):
        self.client = client

    def lineReceived(self, line):
        command, _, rest = line.decode().partition(" ")
        target, _, text = rest.partition(" ")
        client = self.client
        if command == "join":
            client.join(target)
        elif command == "say":
            client.say(target, text)
        elif command == "describe":
            client.describe(target, text)
        elif command == "notice":
            client.notice(target, text)
        elif command == "topic":
            client.topic(target, text)
        elif command == "mode":
            modes, _, who = text.partition(" ")
            client.mode(target, modes[0] == "+", modes[1:], user=who)
        elif command == "nick":
            client.setNick(target)
        elif command == "ping":
            client.ping(target)
        elif command == "quit":
            client.quit(rest)


if sys.argv[1] == "server":
    realm = InMemoryWordsRealm("words.test.example")
    realm.createGroupOnRequest = True
    checker = InMemoryUsernamePasswordDatabaseDontUse()
    checker.users = {"first": "secret", "second": "secret"}  # the server asks with text, its own way in takes bytes
    port = reactor.listenTCP(0, IRCFactory(realm, Portal(realm, [checker])), interface="127.0.0.1")
    print("Listening on port", port.getHost().port)
else:
    protocol.ClientCreator(reactor, Client).connectTCP("127.0.0.1", int(sys.argv[2]))
reactor.run()
