"""Fills e12_limited_echo, whose limit is 3: the fourth is refused, and served when one of the three has left."""
import socket
import sys


def connect():
    return socket.create_connection(("127.0.0.1", int(sys.argv[1])))


def is_served(connection):
    connection.sendall(b"hello")
    return connection.recv(100) == b"hello"


def read_all(connection):
    data = b""
    while piece := connection.recv(4096):
        data += piece
    return data


clients = [connect() for _ in range(3)]
assert all(is_served(client) for client in clients), "the first three"
assert read_all(connect()) == b"Too many connections, try later", "the fourth"
assert read_all(connect()) == b"Too many connections, try later", "the fifth: the fourth has left no trace"

clients[0].shutdown(socket.SHUT_WR)
assert clients[0].recv(1) == b"", "the server has seen it leave"
assert is_served(connect()), "the next after one has left"
assert all(is_served(client) for client in clients[1:]), "the others"
print("good")
