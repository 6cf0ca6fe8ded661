"""python3-irc as a client:

irc_client.py PORT NICK     calls what standard input says, a method and its arguments a line, with tabs between;
                            prints what it hears: kind, from whom, to whom, arguments
"""
import select
import sys

import irc.client


def heard(connection, event):
    who = str(event.source or "").partition("!")[0]
    print(event.type, who, event.target, *event.arguments)


client = irc.client.IRC()
client.add_global_handler("all_events", heard)
connection = client.server()
connection.connect("127.0.0.1", int(sys.argv[1]), sys.argv[2])
while connection.is_connected():
    if connection.socket in select.select([sys.stdin.buffer.raw, connection.socket], [], [])[0]:
        client.process_data([connection.socket])
        continue
    method, *arguments = sys.stdin.buffer.raw.readline().decode().rstrip("\n").split("\t")
    if method in ("names", "whois"):
        arguments = [arguments]  # a list of them
    getattr(connection, method)(*arguments)
