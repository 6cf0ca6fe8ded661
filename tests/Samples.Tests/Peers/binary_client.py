"""Talks to e05_binary_echo: raw bytes of every value, in single bytes and in one piece, then a wrong line."""
import socket
import sys

ALL = bytes(range(256)) * 4


def read(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        if not piece:
            break
        data += piece
    return data


def read_all(connection):
    data = b""
    while piece := connection.recv(4096):
        data += piece
    return data


def connect():
    connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


with connect() as connection:
    for byte in b"SIZE %d\r\n" % len(ALL) + ALL:
        connection.sendall(bytes([byte]))
    assert read(connection, len(ALL)) == ALL, "single bytes"
    connection.sendall(b"SIZE 2\r\n\r\nSIZE 3\r\nabc")  # a line end as data, and two announcements in one piece
    assert read(connection, 5) == b"\r\nabc", "one piece"

for wrong in b"HELLO", b"SIZE", b"SIZE 0", b"SIZE -1", b"SIZE 1000001", b"SIZE 99999999999999999999", b"\xff\xfe":
    with connect() as connection:
        connection.sendall(wrong + b"\r\n")
        answer = read_all(connection)
        assert answer == b"ERROR expected: SIZE 1 to 1000000\r\n", (wrong, answer)
print("good")
