// The load of ./bench wire: one thread on epoll, bounded in connections and in time, only to 127.0.0.1.
//
//   load PORT PID SCENARIO CONNECTIONS ACTIVE SIZE DEPTH
//
// opens CONNECTIONS, of which the first ACTIVE are used and the others stay silent:
//
//   ping  SIZE bytes on each active connection, DEPTH of them on the way at a time; each answer is timed
//   line  the same with CR LF at the end of each SIZE bytes
//   bulk  SIZE bytes are written whenever the socket takes them; bytes that come back are counted
//   conn  connect, one message, its echo, close; ACTIVE at a time
//   udp   datagrams of SIZE bytes, DEPTH on the way from each of CONNECTIONS sockets at a time; each batch is timed
//   idle  hold the connections until standard input ends
//
// It speaks with the bench as load.h says. Every answer's length is checked; a connection that breaks is an error and
// is counted.
#define _GNU_SOURCE
#include "load.h"
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

enum { BUFFER = 65536, EVENTS = 256, MOST_CONNECTIONS = 20000 };
static const uint64_t LEAD_OF_CONNECTION = 25000;

enum scenario { PING, BULK, CONN, UDP, IDLE };

struct connection {
    int fd;
    size_t received;  // bytes of the answers on the way
    size_t unsent;    // bulk: bytes of the current message not taken yet
    uint64_t sent_at; // nanoseconds, of the oldest message on the way
};

static int poller, port;
static size_t size, depth;
static enum scenario scenario;
static char *message;
static char buffer[BUFFER];

static void watch(struct connection *c, int operation, uint32_t events)
{
    struct epoll_event e = { .events = events, .data.ptr = c };
    if (epoll_ctl(poller, operation, c->fd, &e) != 0)
        fail("epoll_ctl");
}

static void send_batch(struct connection *c)
{
    // A batch always fits the socket's buffer: depth x size is at most 64 KiB.
    c->sent_at = now();
    size_t total = size * depth;
    for (size_t done = 0; done < total;) {
        size_t most = scenario == UDP ? size : total - done;
        ssize_t n = send(c->fd, message + done, most, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EAGAIN)
                continue;
            errors++;
            return;
        }
        done += (size_t)n;
    }
}

static void open_connection(struct connection *c)
{
    c->fd = try_connect(scenario == UDP ? SOCK_DGRAM : SOCK_STREAM, port);
    if (c->fd < 0)
        fail("connect");
    c->received = 0;
    c->unsent = 0;
}

static void start(struct connection *c)
{
    watch(c, EPOLL_CTL_ADD, scenario == BULK ? EPOLLIN | EPOLLOUT : EPOLLIN);
    if (scenario == PING || scenario == CONN || scenario == UDP)
        send_batch(c);
}

static void reopen(struct connection *c)
{
    // A reset at the end leaves no TIME_WAIT behind: the ports of a long run would not suffice.
    struct linger reset = { 1, 0 };
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(c->fd);
    open_connection(c);
    start(c);
}

static void readable(struct connection *c)
{
    ssize_t n = recv(c->fd, buffer, BUFFER, MSG_DONTWAIT);
    if (n <= 0) {
        if (n < 0 && errno == EAGAIN)
            return;
        errors++;
        if (errors > 1000) {
            fprintf(stderr, "load: more than 1000 errors, giving up\n");
            exit(1);
        }
        reopen(c);
        return;
    }
    bytes += (uint64_t)n;
    if (scenario == BULK)
        return;
    c->received += (size_t)n;
    if (c->received < size * depth)
        return;
    messages += depth;
    note_latency(c->sent_at);
    c->received = 0;
    if (scenario == CONN)
        reopen(c);
    else
        send_batch(c);
}

static void writable(struct connection *c)
{
    if (c->unsent == 0)
        c->unsent = size;
    ssize_t n = send(c->fd, message + (size - c->unsent), c->unsent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0)
        c->unsent -= (size_t)n;
}

static void run_until(uint64_t end)
{
    struct epoll_event events[EVENTS];
    while (now() < end) {
        int count = epoll_wait(poller, events, EVENTS, 100);
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                readable(c);
            if (scenario == BULK && (events[i].events & EPOLLOUT))
                writable(c);
        }
    }
}

static void make_message(int lines)
{
    message = malloc(size * depth);
    for (size_t i = 0; i < size * depth; i++)
        message[i] = (char)('a' + i % 26);
    for (size_t i = 1; lines && i <= depth; i++)
        memcpy(message + i * size - 2, "\r\n", 2);
}

int main(int argc, char **argv)
{
    if (argc != 8) {
        fprintf(stderr, "usage: load PORT PID ping|line|bulk|conn|udp|idle CONNECTIONS ACTIVE SIZE DEPTH\n");
        return 2;
    }
    port = atoi(argv[1]);
    clockid_t server;
    if (clock_getcpuclockid(atoi(argv[2]), &server) != 0) {
        fprintf(stderr, "there is no process %s\n", argv[2]);
        return 2;
    }
    const char *name = argv[3];
    int connections = atoi(argv[4]);
    int active = atoi(argv[5]);
    size = (size_t)atoll(argv[6]);
    depth = (size_t)atoll(argv[7]);
    scenario = strcmp(name, "bulk") == 0 ? BULK : strcmp(name, "conn") == 0 ? CONN
        : strcmp(name, "udp") == 0 ? UDP : strcmp(name, "idle") == 0 ? IDLE : PING;
    if (connections < 1 || connections > MOST_CONNECTIONS || active < 0 || active > connections
        || size < 3 || depth < 1 || size * depth > BUFFER) {
        fprintf(stderr, "at most %d connections, and 64 KiB on the way on each\n", MOST_CONNECTIONS);
        return 2;
    }
    raise_descriptor_limit(connections);
    make_message(strcmp(name, "line") == 0);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct connection *all = calloc((size_t)connections, sizeof *all);
    for (int i = 0; i < connections; i++)
        open_connection(&all[i]);
    for (int i = 0; scenario != IDLE && i < active; i++)
        start(&all[i]);
    serve_bench(scenario == IDLE ? NULL : run_until, LEAD + LEAD_OF_CONNECTION * (uint64_t)active, server);
    return 0;
}
