"""Opens a listening socket as a parent would, then becomes a command:  inherit.py ADDRESS COMMAND...

The socket is descriptor 3 of the command, and the environment says so as systemd does.
"""
import os
import socket
import sys

address, command = sys.argv[1], sys.argv[2:]
family = socket.AF_INET6 if ":" in address else socket.AF_INET
listening = socket.create_server((address, 0), family=family)
if listening.fileno() == 3:
    os.set_inheritable(3, True)
else:
    os.dup2(listening.fileno(), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1", LISTEN_FDNAMES="web")
os.execv(command[0], command)
