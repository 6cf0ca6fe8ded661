"""A member of a multicast group on the loopback interface:  group_member.py GROUP

Prints one datagram, its time to live and the interface that it came by, and answers it.
"""
import socket
import struct
import sys

IP_PKTINFO = 8
IP_RECVTTL = 12

group = sys.argv[1]
member = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
member.bind((group, 0))
member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                  socket.inet_aton(group) + socket.inet_aton("127.0.0.1"))
member.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
member.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
print("Listening on port", member.getsockname()[1])

data, ancillary, _, sender = member.recvmsg(4096, 1024)
told = {kind: value for _, kind, value in ancillary}
time_to_live, = struct.unpack("i", told[socket.IP_TTL])
interface = socket.if_indextoname(struct.unpack("i", told[IP_PKTINFO][:4])[0])
print(data.decode(), "with TTL", time_to_live, "by interface", interface)
member.sendto(b"Member: Pong", sender)
