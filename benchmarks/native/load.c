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
// After a warm-up it prints "ready". For each line on standard input, which says how many milliseconds, it runs the
// load for that long and prints one line of JSON, with the processor time that the server, PID, took meanwhile;
// between the lines nothing moves, so that many servers can be measured in turn. Every answer's length is checked; a
// connection that breaks is an error and is counted.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BUFFER = 65536, EVENTS = 256, MOST_CONNECTIONS = 20000, MOST_MILLISECONDS = 60000,
       SAMPLES = 1 << 20 };
static const uint64_t WARM_UP = 1500000000; // long enough for a just-in-time compiler to have settled
static const uint64_t LEAD = 50000000;      // the caches after a pause, and the answers that have waited through it
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
static uint64_t messages, bytes, errors;
static uint32_t *latencies; // microseconds x 10, of one answer in each batch
static size_t latency_count;
static int measuring;

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
    perror(what);
    exit(1);
}

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
    c->fd = socket(AF_INET, (scenario == UDP ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC, 0);
    if (c->fd < 0)
        fail("socket");
    int one = 1;
    if (scenario != UDP)
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (connect(c->fd, (struct sockaddr *)&address, sizeof address) != 0)
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

static void note_latency(uint64_t sent_at)
{
    if (!measuring)
        return;
    uint64_t tenths = (now() - sent_at) / 100;
    latencies[latency_count++ % SAMPLES] = tenths > UINT32_MAX ? UINT32_MAX : (uint32_t)tenths;
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

static void readable(struct connection *c, char *buffer)
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

static void run_until(uint64_t end, char *buffer)
{
    struct epoll_event events[EVENTS];
    while (now() < end) {
        int count = epoll_wait(poller, events, EVENTS, 100);
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                readable(c, buffer);
            if (scenario == BULK && (events[i].events & EPOLLOUT))
                writable(c);
        }
    }
}

static int compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static double percentile(size_t count, double part)
{
    return count == 0 ? 0 : latencies[(size_t)(part * (double)(count - 1))] / 10.0;
}

// Runs the load for some time and prints what came of it.
static void measure(uint64_t length, int active, clockid_t server, char *buffer)
{
    run_until(now() + LEAD + LEAD_OF_CONNECTION * (uint64_t)active, buffer);
    messages = bytes = errors = 0;
    latency_count = 0;
    measuring = 1;
    uint64_t begin = now(), cpu = read_clock(server);
    run_until(begin + length, buffer);
    cpu = read_clock(server) - cpu;
    uint64_t took = now() - begin;
    measuring = 0;
    size_t count = latency_count < SAMPLES ? latency_count : SAMPLES;
    qsort(latencies, count, sizeof *latencies, compare);
    printf("{\"messages\":%llu,\"bytes\":%llu,\"seconds\":%.6f,\"cpu\":%.6f,\"errors\":%llu,"
        "\"p50\":%.1f,\"p99\":%.1f}\n",
        (unsigned long long)messages, (unsigned long long)bytes, (double)took / 1e9, (double)cpu / 1e9,
        (unsigned long long)errors, percentile(count, 0.5), percentile(count, 0.99));
    fflush(stdout);
}

static void raise_descriptor_limit(int connections)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < (rlim_t)connections + 16) {
        fprintf(stderr, "only %ld descriptors\n", (long)limit.rlim_cur);
        exit(3);
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
    latencies = malloc(SAMPLES * sizeof *latencies);
    static char buffer[BUFFER];
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct connection *all = calloc((size_t)connections, sizeof *all);
    for (int i = 0; i < connections; i++)
        open_connection(&all[i]);
    if (scenario != IDLE) {
        for (int i = 0; i < active; i++)
            start(&all[i]);
        run_until(now() + WARM_UP, buffer);
    }
    printf("ready\n");
    fflush(stdout);
    char line[16];
    while (fgets(line, sizeof line, stdin) != NULL) {
        uint64_t milliseconds = strtoull(line, NULL, 10);
        if (scenario != IDLE && milliseconds > 0 && milliseconds <= MOST_MILLISECONDS)
            measure(milliseconds * 1000000, active, server, buffer);
    }
    return 0;
}
