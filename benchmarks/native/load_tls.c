// The load of the TLS scenarios of ./bench wire: one connection at a time, only to 127.0.0.1, bounded in time.
//
//   load_tls PORT PID conn|bulk|idle CONNECTIONS
//
//   conn  connect, a full TLS 1.3 handshake without resumption, close
//   bulk  GET /bulk, whose bytes are counted until the server closes, then anew
//   idle  hold CONNECTIONS that have shaken hands until standard input ends
//
// It speaks with the bench as load.h says. One connection at a time keeps no server busy, but capacity is counted by
// the second of its processor time.
#include "load.h"
#include <openssl/ssl.h>
#include <string.h>

enum { BUFFER = 65536, MOST_CONNECTIONS = 5000 };

static SSL_CTX *context;
static int port;
static char buffer[BUFFER];

static void fail_tls(const char *what)
{
    fprintf(stderr, "load_tls: %s failed\n", what);
    exit(1);
}

static SSL *open_connection(void)
{
    int fd = try_connect(SOCK_STREAM, port);
    if (fd < 0)
        fail("connect");
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    SSL_set_tlsext_host_name(tls, "localhost");
    if (SSL_connect(tls) != 1)
        fail_tls("the handshake");
    return tls;
}

static void close_connection(SSL *tls)
{
    int fd = SSL_get_fd(tls);
    struct linger reset = { 1, 0 }; // leaves no TIME_WAIT behind: the ports of a long run would not suffice
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    SSL_free(tls);
    close(fd);
}

static void shake_hands(uint64_t end)
{
    while (now() < end) {
        close_connection(open_connection());
        messages++;
    }
}

static void download(uint64_t end)
{
    static SSL *tls; // goes on in the next sample: a handshake is no part of what is measured
    static const char request[] = "GET /bulk HTTP/1.0\r\nHost: localhost\r\n\r\n";
    while (now() < end) {
        if (tls == NULL) {
            tls = open_connection();
            if (SSL_write(tls, request, sizeof request - 1) <= 0)
                fail_tls("a write");
        }
        int count = SSL_read(tls, buffer, BUFFER);
        if (count > 0) {
            bytes += (uint64_t)count;
            continue;
        }
        close_connection(tls);
        tls = NULL;
        messages++;
    }
}

int main(int argc, char **argv)
{
    clockid_t server;
    if (argc != 5 || clock_getcpuclockid(atoi(argv[2]), &server) != 0) {
        fprintf(stderr, "usage: load_tls PORT PID conn|bulk|idle CONNECTIONS\n");
        return 2;
    }
    port = atoi(argv[1]);
    int connections = atoi(argv[4]);
    if (connections < 1 || connections > MOST_CONNECTIONS)
        return 2;
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    wait_for_server(port);
    int idle = strcmp(argv[3], "idle") == 0;
    for (int i = 0; idle && i < connections; i++)
        open_connection(); // never closed: the end of the process does it
    serve_bench(idle ? NULL : strcmp(argv[3], "bulk") == 0 ? download : shake_hands, LEAD, server);
    return 0;
}
