// The load of the IRC scenarios of ./bench irc: one thread on epoll, bounded in time, only to 127.0.0.1.
//
//   load_irc PORT PID fanout|idle MEMBERS SIZE DEPTH
//
//   fanout  MEMBERS and one speaker are in a channel. The speaker says DEPTH lines of SIZE bytes at a time, and again
//           when each member has them all; a message is one line to one member. Each round is timed.
//   idle    hold MEMBERS that have logged in until standard input ends
//
// It speaks with the bench as load.h says.
#define _GNU_SOURCE
#include "load.h"
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

enum { BUFFER = 65536, EVENTS = 256, MOST_MEMBERS = 20000, LONGEST_LINE = 1024, MOST_DEPTH = 64,
       MOST_TEXT = 32768 };
static const uint64_t PATIENCE = 25000000000; // for all logins, and for a round

struct member {
    int fd;
    int is_joined;
    size_t length; // of the line that has begun
    char line[LONGEST_LINE];
};

static int poller;
static int joined, is_idle;
static struct member *members; // the speaker is the last
static int member_count;
static char text[MOST_TEXT];
static size_t text_length;
static uint64_t missing, batch, sent_at;
static char buffer[BUFFER];

static void say(struct member *m, const char *what, size_t length)
{
    while (length > 0) {
        ssize_t n = send(m->fd, what, length, MSG_NOSIGNAL); // blocks: what is sent always fits the server's window
        if (n < 0)
            fail("send");
        what += n;
        length -= (size_t)n;
    }
}

static void say_text(struct member *m, const char *what)
{
    say(m, what, strlen(what));
}

static int has_numeric(const char *line, const char *numeric)
{
    const char *blank = strchr(line, ' ');
    return line[0] == ':' && blank != NULL && strncmp(blank + 1, numeric, 3) == 0 && blank[4] == ' ';
}

static void heard(struct member *m)
{
    const char *line = m->line;
    if (strncmp(line, "PING", 4) == 0) {
        char pong[LONGEST_LINE + 8];
        snprintf(pong, sizeof pong, "PONG%s\r\n", line + 4);
        say_text(m, pong);
    } else if (strncmp(line, "ERROR", 5) == 0) {
        fprintf(stderr, "%s\n", line);
        exit(1);
    } else if (!m->is_joined && has_numeric(line, "001") && !is_idle) {
        say_text(m, "JOIN #bench\r\n");
    } else if (!m->is_joined && (has_numeric(line, "366")
        || (is_idle && (has_numeric(line, "376") || has_numeric(line, "422"))))) {
        m->is_joined = 1;
        joined++;
    }
}

static void readable(struct member *m)
{
    ssize_t n = recv(m->fd, buffer, BUFFER, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        fprintf(stderr, "a member was disconnected\n");
        exit(1);
    }
    bytes += (uint64_t)n;
    const char *at = buffer, *end = buffer + n;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline != NULL ? newline : end) - at);
        size_t room = LONGEST_LINE - 1 - m->length;
        size_t kept = length < room ? length : room;
        memcpy(m->line + m->length, at, kept);
        m->length += kept;
        at += length;
        if (newline == NULL)
            return;
        at++;
        m->line[m->length > 0 && m->line[m->length - 1] == '\r' ? m->length - 1 : m->length] = 0;
        m->length = 0;
        if (missing > 0 && strstr(m->line, " PRIVMSG ") != NULL) {
            messages++;
            missing--;
        } else
            heard(m);
    }
}

static void turn(void)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poller, events, EVENTS, 100);
    for (int i = 0; i < count; i++)
        readable(events[i].data.ptr);
}

// A round is always ended: none of its lines counts in the next sample.
static void run_until(uint64_t end)
{
    while (now() < end) {
        missing = batch;
        sent_at = now();
        say(&members[member_count], text, text_length);
        while (missing > 0) {
            if (now() > sent_at + PATIENCE) {
                fprintf(stderr, "%llu lines of a round did not come\n", (unsigned long long)missing);
                exit(1);
            }
            turn();
        }
        note_latency(sent_at);
    }
}

static void log_in(int index, int port)
{
    struct member *m = &members[index];
    m->fd = try_connect(SOCK_STREAM, port);
    if (m->fd < 0)
        fail("connect");
    struct epoll_event e = { .events = EPOLLIN, .data.ptr = m };
    if (epoll_ctl(poller, EPOLL_CTL_ADD, m->fd, &e) != 0)
        fail("epoll_ctl");
    char login[128];
    snprintf(login, sizeof login, "NICK b%d\r\nUSER bench 0 * :bench\r\n", index);
    say_text(m, login);
}

static void log_in_all(int port)
{
    int all = member_count + (is_idle ? 0 : 1);
    uint64_t end = now() + PATIENCE;
    for (int i = 0; i < all; i++) {
        log_in(i, port);
        while (joined <= i) { // one after the other: servers limit how many come at once
            if (now() > end) {
                fprintf(stderr, "only %d of %d were let in\n", joined, all);
                exit(1);
            }
            turn();
        }
    }
}

static void make_text(size_t size, int depth)
{
    char line[LONGEST_LINE];
    memset(line, 'x', sizeof line);
    for (int i = 0; i < depth; i++)
        text_length += (size_t)snprintf(text + text_length, sizeof text - text_length,
            "PRIVMSG #bench :%.*s\r\n", (int)size, line);
}

int main(int argc, char **argv)
{
    clockid_t server;
    if (argc != 7 || clock_getcpuclockid(atoi(argv[2]), &server) != 0) {
        fprintf(stderr, "usage: load_irc PORT PID fanout|idle MEMBERS SIZE DEPTH\n");
        return 2;
    }
    int port = atoi(argv[1]), size = atoi(argv[5]), depth = atoi(argv[6]);
    member_count = atoi(argv[4]);
    is_idle = strcmp(argv[3], "idle") == 0;
    if (member_count < 1 || member_count > MOST_MEMBERS || size < 1 || size > 400 || depth < 1 || depth > MOST_DEPTH)
        return 2;
    raise_descriptor_limit(member_count);
    members = calloc((size_t)member_count + 1, sizeof *members);
    poller = epoll_create1(EPOLL_CLOEXEC);
    wait_for_server(port);
    log_in_all(port);
    make_text((size_t)size, depth);
    batch = (uint64_t)member_count * (uint64_t)depth;
    serve_bench(is_idle ? NULL : run_until, LEAD, server);
    return 0;
}
