"""A server of plain sockets:  server.py PORT BEHAVIOUR [TEXT]

echo    every connection gets its bytes back, until it ends; connections one after the other
record  one connection: prints what came, as Python writes it, then EOF
answer  one connection: the first line of TEXT is sent at once, each other one for a line, which is printed
greet   every connection gets TEXT and is closed
refuse  takes the port, and does not listen
"""
import socket
import sys

port, behaviour, *rest = sys.argv[1:]
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", int(port)))
if behaviour != "refuse":
    listener.listen()
print("Listening on port", listener.getsockname()[1])
if behaviour == "refuse":
    sys.stdin.read()

while True:
    connection, _ = listener.accept()
    with connection:
        if behaviour == "greet":
            connection.sendall(rest[0].encode())
            continue
        if behaviour == "answer":
            first, *answers = rest[0].splitlines()
            connection.sendall(first.encode() + b"\r\n")
            for line, answer in zip(connection.makefile(newline="\r\n"), answers):
                print(line.strip())
                connection.sendall(answer.encode() + b"\r\n")
            break
        received = b""
        while data := connection.recv(4096):
            received += data
            if behaviour == "echo":
                connection.sendall(data)
        if behaviour == "record":
            print(received)
            print("EOF")
            break
