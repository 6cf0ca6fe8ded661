/*
 * Faults of the operating system, by LD_PRELOAD, in a process that knows nothing of them. Which ones is written by
 * somebody else into a file that both have mapped (FAULTS names it): see FaultyCalls.cs, which has the same layout.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { ACCEPT, RECEIVE, SEND, WATCH, WAIT, SOCKET, WRITE, RULES };

struct rule {
    atomic_int error; /* errno of the calls that fail */
    atomic_int left;  /* how many are still to fail; negative: all */
    atomic_int every; /* only each so many'th call fails */
    atomic_int most;  /* bytes that a call takes at the most; 0: as many as it will */
    atomic_int calls;
    atomic_int hits; /* calls that have failed */
};

struct clock {
    atomic_llong offset; /* nanoseconds that the wall clock is put forward */
    atomic_llong frozen; /* where it stands, when it stands */
};

struct faults {
    struct rule rules[RULES];
    char reserved[512 - RULES * sizeof(struct rule)];
    struct clock clock;
};

static struct faults *faults;

__attribute__((constructor)) static void map(void) {
    const char *path = getenv("FAULTS");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *memory = mmap(NULL, sizeof(struct faults), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory != MAP_FAILED)
        faults = memory;
    close(fd);
}

static int fails(int which) {
    if (!faults)
        return 0;
    struct rule *rule = &faults->rules[which];
    int call = atomic_fetch_add(&rule->calls, 1);
    int every = atomic_load(&rule->every);
    if (!atomic_load(&rule->error) || (every > 1 && call % every))
        return 0;
    int left = atomic_load(&rule->left);
    do {
        if (!left)
            return 0;
    } while (left > 0 && !atomic_compare_exchange_weak(&rule->left, &left, left - 1));
    atomic_fetch_add(&rule->hits, 1);
    errno = atomic_load(&rule->error);
    return 1;
}

static size_t most(int which, size_t length) {
    int limit = faults ? atomic_load(&faults->rules[which].most) : 0;
    return limit && length > (size_t)limit ? (size_t)limit : length;
}

/* The library's own dlsym: it has one version on each architecture, and this file hides the name. */
static void *library(void *handle, const char *name) {
    static void *(*find)(void *, const char *);
    static const char *const versions[] = {"GLIBC_2.34", "GLIBC_2.17", "GLIBC_2.2.5"};
    for (size_t i = 0; !find && i < sizeof versions / sizeof *versions; i++)
        find = dlvsym(RTLD_NEXT, "dlsym", versions[i]);
    if (!find)
        abort();
    return find(handle, name);
}

#define NEXT(name)                              \
    static __typeof__(&name) next;              \
    if (!next)                                  \
    next = (__typeof__(&name))library(RTLD_NEXT, #name)

int accept4(int fd, struct sockaddr *restrict address, socklen_t *restrict length, int flags) {
    NEXT(accept4);
    return fails(ACCEPT) ? -1 : next(fd, address, length, flags);
}

ssize_t recv(int fd, void *buffer, size_t length, int flags) {
    NEXT(recv);
    return fails(RECEIVE) ? -1 : next(fd, buffer, most(RECEIVE, length), flags);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
    NEXT(recvmsg);
    return fails(RECEIVE) ? -1 : next(fd, message, flags);
}

ssize_t send(int fd, const void *buffer, size_t length, int flags) {
    NEXT(send);
    return fails(SEND) ? -1 : next(fd, buffer, most(SEND, length), flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    NEXT(sendmsg);
    return fails(SEND) ? -1 : next(fd, message, flags);
}

ssize_t sendto(int fd, const void *buffer, size_t length, int flags, const struct sockaddr *to, socklen_t size) {
    NEXT(sendto);
    return fails(SEND) ? -1 : next(fd, buffer, length, flags, to, size);
}

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event) {
    NEXT(epoll_ctl);
    return operation == EPOLL_CTL_ADD && fails(WATCH) ? -1 : next(epoll, operation, fd, event);
}

int epoll_wait(int epoll, struct epoll_event *events, int count, int timeout) {
    NEXT(epoll_wait);
    return fails(WAIT) ? -1 : next(epoll, events, count, timeout);
}

int socket(int family, int type, int protocol) {
    NEXT(socket);
    return fails(SOCKET) ? -1 : next(family, type, protocol);
}

/* Files only: .NET itself writes to pipes. */
static int is_file(int fd) {
    struct stat status;
    return !fstat(fd, &status) && S_ISREG(status.st_mode);
}

ssize_t write(int fd, const void *buffer, size_t length) {
    NEXT(write);
    return is_file(fd) && fails(WRITE) ? -1 : next(fd, buffer, length);
}

ssize_t pwrite(int fd, const void *buffer, size_t length, off_t offset) {
    NEXT(pwrite);
    return is_file(fd) && fails(WRITE) ? -1 : next(fd, buffer, length, offset);
}

ssize_t pwrite64(int fd, const void *buffer, size_t length, off64_t offset) {
    NEXT(pwrite64);
    return is_file(fd) && fails(WRITE) ? -1 : next(fd, buffer, length, offset);
}

int clock_gettime(clockid_t id, struct timespec *now) {
    NEXT(clock_gettime);
    int result = next(id, now);
    if (result || !faults || (id != CLOCK_REALTIME && id != CLOCK_REALTIME_COARSE))
        return result;
    const long long second = 1000000000;
    long long frozen = atomic_load(&faults->clock.frozen);
    long long time = frozen ? frozen : now->tv_sec * second + now->tv_nsec + atomic_load(&faults->clock.offset);
    now->tv_sec = time / second;
    now->tv_nsec = time % second;
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    (void)zone;
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    now->tv_sec = time.tv_sec;
    now->tv_usec = time.tv_nsec / 1000;
    return 0;
}

/* .NET looks P/Invokes up in the library that it has opened, past every preloaded one: give it ours all the same. */
void *dlsym(void *restrict handle, const char *restrict name) {
    static const struct {
        const char *name;
        void *function;
    } ours[] = {
        {"accept4", accept4}, {"recv", recv},           {"recvmsg", recvmsg},       {"send", send},
        {"sendmsg", sendmsg}, {"sendto", sendto},       {"epoll_ctl", epoll_ctl},   {"epoll_wait", epoll_wait},
        {"socket", socket},   {"write", write},
    };
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (handle != RTLD_NEXT && !strcmp(name, ours[i].name))
            return ours[i].function;
    return library(handle, name);
}
