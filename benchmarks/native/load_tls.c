// The load of the TLS scenarios of ./bench wire: one connection at a time, only to 127.0.0.1, bounded in time.
//
//   load_tls PORT PID conn|bulk|idle CONNECTIONS
//
//   conn  connect, a full TLS 1.3 handshake without resumption, close
//   bulk  GET /bulk, whose bytes are counted until the server closes, then anew
//   idle  hold CONNECTIONS that have shaken hands until standard input ends
//
// It speaks with the bench as load.c does: "ready", then a number of milliseconds in and a line of JSON out. One
// connection at a time keeps no server busy, but capacity is counted by the second of its processor time.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 65536, MOST_MILLISECONDS = 60000, MOST_CONNECTIONS = 5000, FIRST_TRIES = 500 };
static const uint64_t WARM_UP = 1500000000; // as in load.c
static const uint64_t LEAD = 50000000;

static SSL_CTX *context;
static int port;
static uint64_t messages, bytes;
static char buffer[BUFFER];

static uint64_t read_clock(clockid_t clock)
{
    struct timespec t = { 0, 0 };
    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static uint64_t now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static void fail(const char *what)
{
    fprintf(stderr, "load_tls: %s failed\n", what);
    exit(1);
}

static int try_connect(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail("socket");
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

static SSL *open_connection(void)
{
    int fd = try_connect();
    if (fd < 0)
        fail("connect");
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    SSL_set_tlsext_host_name(tls, "localhost");
    if (SSL_connect(tls) != 1)
        fail("the handshake");
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

// A nginx that has just been started may not listen yet.
static void wait_for_server(void)
{
    struct timespec pause = { 0, 10000000 };
    for (int i = 0; i < FIRST_TRIES; i++) {
        int fd = try_connect();
        if (fd >= 0) {
            close(fd);
            return;
        }
        nanosleep(&pause, NULL);
    }
    fail("connect");
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
                fail("a write");
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

static void measure(void (*run)(uint64_t), uint64_t length, clockid_t server)
{
    run(now() + LEAD);
    messages = bytes = 0;
    uint64_t begin = now(), cpu = read_clock(server);
    run(begin + length);
    cpu = read_clock(server) - cpu;
    uint64_t took = now() - begin;
    printf("{\"messages\":%llu,\"bytes\":%llu,\"seconds\":%.6f,\"cpu\":%.6f,\"errors\":0,\"p50\":0,\"p99\":0}\n",
        (unsigned long long)messages, (unsigned long long)bytes, (double)took / 1e9, (double)cpu / 1e9);
    fflush(stdout);
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
    wait_for_server();
    int idle = strcmp(argv[3], "idle") == 0;
    void (*run)(uint64_t) = strcmp(argv[3], "bulk") == 0 ? download : shake_hands;
    for (int i = 0; idle && i < connections; i++)
        open_connection(); // never closed: the end of the process does it
    if (!idle)
        run(now() + WARM_UP);
    printf("ready\n");
    fflush(stdout);
    char line[16];
    while (fgets(line, sizeof line, stdin) != NULL) {
        uint64_t milliseconds = strtoull(line, NULL, 10);
        if (!idle && milliseconds > 0 && milliseconds <= MOST_MILLISECONDS)
            measure(run, milliseconds * 1000000, server);
    }
    return 0;
}
