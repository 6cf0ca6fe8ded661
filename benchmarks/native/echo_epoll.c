// The reference of ./bench wire: an echo server on level-triggered epoll, one thread, as simple as such a server gets.
// Prints the port it listens on (127.0.0.1) and runs until killed.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 65536, EVENTS = 256, BACKLOG = 1024 };

struct connection {
    int fd;
    char *pending; // what the socket did not take
    size_t start, length;
};

static int poller;

static void watch(struct connection *c, int operation, uint32_t events)
{
    struct epoll_event e = { .events = events, .data.ptr = c };
    epoll_ctl(poller, operation, c->fd, &e);
}

static void drop(struct connection *c)
{
    close(c->fd);
    free(c->pending);
    free(c);
}

// Sends what waits; -1 when the connection is gone.
static int flush(struct connection *c)
{
    while (c->length > 0) {
        ssize_t n = send(c->fd, c->pending + c->start, c->length, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN ? 0 : -1;
        c->start += (size_t)n;
        c->length -= (size_t)n;
    }
    free(c->pending);
    c->pending = NULL;
    watch(c, EPOLL_CTL_MOD, EPOLLIN);
    return 0;
}

static int receive(struct connection *c, char *buffer)
{
    ssize_t n = recv(c->fd, buffer, BUFFER, 0);
    if (n <= 0)
        return n < 0 && errno == EAGAIN ? 0 : -1;
    ssize_t sent = send(c->fd, buffer, (size_t)n, MSG_NOSIGNAL);
    if (sent < 0) {
        if (errno != EAGAIN)
            return -1;
        sent = 0;
    }
    if (sent < n) { // reads no more until the peer has taken this
        c->length = (size_t)(n - sent);
        c->start = 0;
        c->pending = malloc(c->length);
        memcpy(c->pending, buffer + sent, c->length);
        watch(c, EPOLL_CTL_MOD, EPOLLOUT);
    }
    return 0;
}

static void accept_all(int listener)
{
    for (int i = 0; i < 100; i++) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        struct connection *c = calloc(1, sizeof *c);
        c->fd = fd;
        watch(c, EPOLL_CTL_ADD, EPOLLIN);
    }
}

int main(void)
{
    static char buffer[BUFFER];
    struct epoll_event events[EVENTS];
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, BACKLOG) != 0) {
        perror("listen");
        return 1;
    }
    getsockname(listener, (struct sockaddr *)&address, &length);
    printf("Listening on port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct connection *self = calloc(1, sizeof *self);
    self->fd = listener;
    watch(self, EPOLL_CTL_ADD, EPOLLIN);
    for (;;) {
        int count = epoll_wait(poller, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            struct connection *c = events[i].data.ptr;
            if (c == self)
                accept_all(listener);
            else if ((c->pending != NULL ? flush(c) : receive(c, buffer)) < 0)
                drop(c);
        }
    }
}
