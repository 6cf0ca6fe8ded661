// What the loads have in common: the clock, connections to 127.0.0.1, and how they speak with the bench.
//
// A load prints "ready" after a warm-up. For each line on standard input, which says how many milliseconds, it runs for
// that long and prints one line of JSON, with the processor time that the server took meanwhile; between the lines
// nothing moves, so that many servers can be measured in turn.
#pragma once
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_MILLISECONDS = 60000, FIRST_TRIES = 500, SAMPLES = 1 << 20 };
static const uint64_t WARM_UP = 1500000000; // long enough for a just-in-time compiler to have settled
static const uint64_t LEAD = 50000000;      // the caches after a pause, and the answers that have waited through it

static uint64_t messages, bytes, errors;
static uint32_t latencies[SAMPLES]; // microseconds x 10
static size_t latency_count;
static int measuring;

static inline uint64_t read_clock(clockid_t clock)
{
    struct timespec t = { 0, 0 };
    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline uint64_t now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

static inline void fail(const char *what)
{
    perror(what);
    exit(1);
}

// The socket; -1 when nobody listens.
static inline int try_connect(int type, int port)
{
    int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail("socket");
    int one = 1;
    if (type == SOCK_STREAM)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

// A server that takes no port 0 says its port before it listens.
static inline void wait_for_server(int port)
{
    struct timespec pause = { 0, 10000000 };
    for (int i = 0; i < FIRST_TRIES; i++) {
        int fd = try_connect(SOCK_STREAM, port);
        if (fd >= 0) {
            close(fd);
            return;
        }
        nanosleep(&pause, NULL);
    }
    fail("connect");
}

static inline void raise_descriptor_limit(int connections)
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

static inline void note_latency(uint64_t sent_at)
{
    if (!measuring)
        return;
    uint64_t tenths = (now() - sent_at) / 100;
    latencies[latency_count++ % SAMPLES] = tenths > UINT32_MAX ? UINT32_MAX : (uint32_t)tenths;
}

static inline int compare_latencies(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static inline double percentile(size_t count, double part)
{
    return count == 0 ? 0 : latencies[(size_t)(part * (double)(count - 1))] / 10.0;
}

// Runs the load for some time and prints what came of it.
static inline void measure(void (*run_until)(uint64_t), uint64_t lead, uint64_t length, clockid_t server)
{
    run_until(now() + lead);
    messages = bytes = errors = 0;
    latency_count = 0;
    measuring = 1;
    uint64_t begin = now(), cpu = read_clock(server);
    run_until(begin + length);
    cpu = read_clock(server) - cpu;
    uint64_t took = now() - begin;
    measuring = 0;
    size_t count = latency_count < SAMPLES ? latency_count : SAMPLES;
    qsort(latencies, count, sizeof *latencies, compare_latencies);
    printf("{\"messages\":%llu,\"bytes\":%llu,\"seconds\":%.6f,\"cpu\":%.6f,\"errors\":%llu,"
        "\"p50\":%.1f,\"p99\":%.1f}\n",
        (unsigned long long)messages, (unsigned long long)bytes, (double)took / 1e9, (double)cpu / 1e9,
        (unsigned long long)errors, percentile(count, 0.5), percentile(count, 0.99));
    fflush(stdout);
}

// Serves the bench until it ends our standard input; run_until is null for a load that only holds its connections.
static inline void serve_bench(void (*run_until)(uint64_t), uint64_t lead, clockid_t server)
{
    if (run_until != NULL)
        run_until(now() + WARM_UP);
    printf("ready\n");
    fflush(stdout);
    char line[16];
    while (fgets(line, sizeof line, stdin) != NULL) {
        uint64_t milliseconds = strtoull(line, NULL, 10);
        if (run_until != NULL && milliseconds > 0 && milliseconds <= MOST_MILLISECONDS)
            measure(run_until, lead, milliseconds * 1000000, server);
    }
}
