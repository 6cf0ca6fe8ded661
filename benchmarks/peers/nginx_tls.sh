#!/bin/sh
# nginx in one process, with a long page over TLS 1.3: nginx_tls.sh FOLDER PEM. FOLDER holds the file bulk.
# nginx takes no port 0: a free one is asked of the system first.
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$1/nginx.conf" <<END
daemon off;
master_process off;
pid $1/nginx.pid;
error_log $1/nginx.log;
events { worker_connections 4096; }
http {
    access_log off;
    client_body_temp_path $1/nginx;
    proxy_temp_path $1/nginx;
    fastcgi_temp_path $1/nginx;
    uwsgi_temp_path $1/nginx;
    scgi_temp_path $1/nginx;
    server {
        listen 127.0.0.1:$port ssl backlog=1024;
        ssl_certificate $2;
        ssl_certificate_key $2;
        ssl_protocols TLSv1.3;
        root $1;
    }
}
END
echo "Listening on port $port"
exec nginx -c "$1/nginx.conf" -p "$1"
