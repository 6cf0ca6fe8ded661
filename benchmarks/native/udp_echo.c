// The reference for UDP: one thread, one socket, one recvfrom and one sendto a datagram, behind epoll as ours is.
// It prints "Listening on port N" and runs until killed.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    static char buffer[8192];
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof own;
    if (fd < 0 || bind(fd, (struct sockaddr *)&own, length) != 0
        || getsockname(fd, (struct sockaddr *)&own, &length) != 0) {
        perror("udp_echo");
        return 1;
    }
    int poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = { .events = EPOLLIN };
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    printf("Listening on port %d\n", ntohs(own.sin_port));
    fflush(stdout);
    for (;;) {
        epoll_wait(poller, &event, 1, -1);
        for (int total = 0; total < 256 * 1024;) {
            struct sockaddr_in peer;
            socklen_t peer_length = sizeof peer;
            ssize_t n = recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&peer, &peer_length);
            if (n < 0)
                break;
            total += n > 0 ? (int)n : 1;
            sendto(fd, buffer, (size_t)n, MSG_NOSIGNAL, (struct sockaddr *)&peer, peer_length);
        }
    }
}
