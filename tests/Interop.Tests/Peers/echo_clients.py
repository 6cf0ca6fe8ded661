"""Many connections at once to an echo:  echo_clients.py PORT COUNT. All are open before the first byte is sent."""
import socket
import sys

port, count = map(int, sys.argv[1:])
clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
texts = [b"client %d " % i * 100 for i in range(count)]
for client, text in zip(clients, texts):
    client.sendall(text)
for client, text in zip(clients, texts):
    client.shutdown(socket.SHUT_WR)
    received = b""
    while data := client.recv(4096):
        received += data
    assert received == text, (text[:20], received[:20])
print("good")
