#!/bin/sh
# ngircd without its limits: ngircd.sh FOLDER. It takes no port 0: a free one is asked of the system first.
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir -p "$1"
cat > "$1/ngircd-$$.conf" <<END
[Global]
Name = irc.bench.example
Info = bench
Listen = 127.0.0.1
Ports = $port
MotdPhrase = "hello"
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxPenaltyTime = 0
PingTimeout = 3600
[Options]
DNS = no
Ident = no
PAM = no
END
echo "Listening on port $port"
exec /usr/sbin/ngircd -n -f "$1/ngircd-$$.conf" > "$1/ngircd-$$.log" 2>&1
