"""Reads 5 MB of RFC 864 in small pieces, compares every line, then reads no more until its input ends."""
import socket
import sys

PRINTABLE = bytes(range(32, 127)) * 2

connection = socket.socket()
connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
connection.connect(("127.0.0.1", int(sys.argv[1])))
received = bytearray()
while len(received) < 5_000_000:
    received += connection.recv(1500)
for number in range(len(received) // 74):
    line = received[number * 74:(number + 1) * 74]
    start = number % 95
    assert line == PRINTABLE[start:start + 72] + b"\r\n", (number, bytes(line))
print("good")
sys.stdin.read()
