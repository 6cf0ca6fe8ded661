"""Becomes an haproxy before a server:  haproxy_before.py PORT "OPTIONS OF ITS SERVER LINE"

The port that it listens on is bound here, because haproxy cannot say which free one it took.
"""
import os
import socket
import sys

port, options = sys.argv[1:]
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
os.set_inheritable(listener.fileno(), True)
config = os.memfd_create("haproxy", 0)
os.write(config, f"""
defaults
    mode tcp
    timeout connect 10s
    timeout client 10s
    timeout server 10s
frontend before
    bind fd@{listener.fileno()}
    unique-id-format one-of-a-kind
    default_backend after
backend after
    server ours 127.0.0.1:{port} {options}
""".encode())
os.lseek(config, 0, os.SEEK_SET)
print(f"Listening on port {listener.getsockname()[1]}", flush=True)
os.execv("/usr/sbin/haproxy", ["haproxy", "-db", "-q", "-f", f"/proc/self/fd/{config}"])
