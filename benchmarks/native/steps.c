// How many instructions and system calls one thread of a program executes: it is stepped through, one instruction at a
// time (ptrace), so the numbers are exact and need neither a clock nor the processor's counters. Linux on x64.
//
//   steps [--histogram FILE] serve PID PORT SCENARIO CONNECTIONS SIZE DEPTH ROUNDS
//   steps sections PID
//
// serve: PID's first thread is an echo server's loop on 127.0.0.1:PORT. After a warm-up it is held whenever it is about
// to wait for events, and is let go when all messages of a round have been sent: so each round is the same. SCENARIO:
//   ping  SIZE bytes on each connection, DEPTH of them at once
//   line  the same with CR LF at the end of each SIZE bytes
//   udp   the same in datagrams of SIZE bytes; each connection is a socket
//   conn  connect, one message, its echo, close; one after the other
//
// sections: whatever PID's first thread does between write(-1, NAME) and write(-1, ""), for each NAME that comes, until
// it ends. Says "attached" first.
//
// serve prints "ready" after the warm-up and waits for a line on standard input; at the end
// it prints "done" and holds the connections until standard input ends, so that others can look at the server.
//
// Printed, with tabs between: serve "messages N", "instructions N", for each kind of system call "call NAME N", and
// "sent N", the messages since "ready"; sections: "section NAME INSTRUCTIONS CALLS".
//
// --histogram: where the instructions are, by function, most first. A .NET program tells the names of its methods when
// DOTNET_PerfMapEnabled=1 is set for it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WARM_UP_ROUNDS = 100, MOST_CONNECTIONS = 1000, PATIENCE_SECONDS = 60 };
enum { PLACES = 1 << 18, CALLS = 512, NAME = 200 };
static const uint64_t MOST_STEPS = 100000000;
static const uint16_t SYSCALL_INSTRUCTION = 0x050f; // 0f 05, little-endian

struct place { // an address that was executed
    uint64_t address, count;
    int is_call;
};

static pid_t traced;
static int signal_to_pass, counting;
static struct user_regs_struct registers; // of the system call that comes next
static struct place places[PLACES];
static uint64_t place_count, steps, instructions, calls[CALLS];

static void fail(const char *what)
{
    fprintf(stderr, "steps: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
    exit(1);
}

static void out_of_patience(int signal)
{
    (void)signal;
    static const char text[] = "steps: the thread did not come to its end in time\n";
    (void)!write(2, text, sizeof text - 1);
    _exit(1);
}

static void say(const char *word)
{
    puts(word);
    fflush(stdout);
}

// ---- Stepping ----

static void resume(enum __ptrace_request how)
{
    if (ptrace(how, traced, NULL, (void *)(intptr_t)signal_to_pass) != 0)
        fail("resume");
    signal_to_pass = 0;
}

// Waits until the thread stops for the tracer. Signals on their way to the thread are passed on when it resumes.
// Returns SIGTRAP, SIGTRAP | 0x80 at a system call, or 0 when it has ended.
static int wait_for_stop(enum __ptrace_request how)
{
    for (;;) {
        int status;
        if (waitpid(traced, &status, __WALL) < 0)
            fail("waitpid");
        if (!WIFSTOPPED(status))
            return 0;
        int signal = WSTOPSIG(status);
        if (status >> 16 == 0 && (signal == SIGTRAP || signal == (SIGTRAP | 0x80)))
            return signal;
        if (status >> 16 == 0)
            signal_to_pass = signal;
        resume(how);
    }
}

static void attach(pid_t pid)
{
    traced = pid;
    // On one core a step is half as dear: nobody has to be woken on another.
    cpu_set_t here;
    CPU_ZERO(&here);
    CPU_SET(sched_getcpu(), &here);
    sched_setaffinity(0, sizeof here, &here);
    sched_setaffinity(pid, sizeof here, &here);
    if (ptrace(PTRACE_SEIZE, pid, NULL, (void *)PTRACE_O_TRACESYSGOOD) != 0 || ptrace(PTRACE_INTERRUPT, pid, 0, 0) != 0)
        fail("cannot attach to the process");
    int status;
    if (waitpid(pid, &status, __WALL) < 0 || !WIFSTOPPED(status))
        fail("the process did not stop");
}

static uint64_t instruction_pointer(void)
{
    errno = 0;
    long value = ptrace(PTRACE_PEEKUSER, traced, offsetof(struct user_regs_struct, rip), NULL);
    if (errno != 0)
        fail("instruction pointer");
    return (uint64_t)value;
}

static struct place *place_of(uint64_t address)
{
    uint64_t i = (address * 0x9e3779b97f4a7c15u) >> 46; // 18 bits: PLACES
    while (places[i].address != address) {
        if (places[i].address == 0) {
            if (++place_count > PLACES / 2)
                fail("too many addresses");
            errno = 0;
            long bytes = ptrace(PTRACE_PEEKTEXT, traced, address, NULL);
            places[i] = (struct place) {
                .address = address,
                .is_call = errno == 0 && (uint16_t)bytes == SYSCALL_INSTRUCTION,
            };
            break;
        }
        i = (i + 1) % PLACES;
    }
    return &places[i];
}

// Executes what comes, at least one instruction, up to the next system call but without it. Returns that call's number.
static int step_to_call(void)
{
    struct place *here = place_of(instruction_pointer());
    for (;;) {
        if (++steps > MOST_STEPS)
            fail("too many steps");
        resume(PTRACE_SINGLESTEP);
        if (wait_for_stop(PTRACE_SINGLESTEP) == 0)
            fail("the process has ended");
        uint64_t next = instruction_pointer();
        // A repeated string instruction stops after each repetition; it is one instruction.
        if (counting && next != here->address) {
            here->count++;
            instructions++;
            if (here->is_call)
                calls[registers.rax % CALLS]++;
        }
        here = place_of(next);
        if (here->is_call) {
            if (ptrace(PTRACE_GETREGS, traced, NULL, &registers) != 0)
                fail("registers");
            return (int)registers.rax;
        }
    }
}

static int is_event_wait(int call)
{
    return call == SYS_epoll_wait || call == SYS_epoll_pwait || call == SYS_epoll_pwait2;
}

// One round of the loop: from the wait for events to the next.
static void pass(void)
{
    while (!is_event_wait(step_to_call())) {
    }
}

// ---- The client of serve ----

static int port, connections, depth, datagrams;
static size_t size;
static char *batch, *answer;

static int dial(void)
{
    int fd = socket(AF_INET, (datagrams ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC, 0);
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        fail("connect");
    return fd;
}

static void send_all(int fd, size_t total)
{
    size_t once = datagrams ? size : total;
    for (size_t done = 0; done < total; done += once) {
        if (send(fd, batch, once, MSG_NOSIGNAL) != (ssize_t)once)
            fail("send");
    }
}

// Reads a whole answer. While the server is held, it is let round its loop as often as it needs.
static void receive_all(int fd, size_t total, int held)
{
    for (size_t done = 0; done < total;) {
        ssize_t n = recv(fd, answer, total - done, held ? MSG_DONTWAIT : 0);
        if (n > 0)
            done += (size_t)n;
        else if (n < 0 && errno == EAGAIN)
            pass();
        else
            fail("receive");
    }
}

static void exchange(const int *fds, int held)
{
    size_t total = size * (size_t)depth;
    for (int i = 0; i < connections; i++)
        send_all(fds[i], total);
    for (int i = 0; i < connections; i++)
        receive_all(fds[i], total, held);
}

static void visit(int held)
{
    int fd = dial();
    send_all(fd, size);
    receive_all(fd, size, held);
    close(fd);
    if (held)
        pass();
}

static const char *call_name(int number)
{
    static char other[16];
    switch (number) {
    case SYS_read: return "read";
    case SYS_write: return "write";
    case SYS_close: return "close";
    case SYS_sendto: return "send";
    case SYS_recvfrom: return "recv";
    case SYS_shutdown: return "shutdown";
    case SYS_getsockname: return "getsockname";
    case SYS_setsockopt: return "setsockopt";
    case SYS_getsockopt: return "getsockopt";
    case SYS_accept4: return "accept4";
    case SYS_fcntl: return "fcntl";
    case SYS_futex: return "futex";
    case SYS_madvise: return "madvise";
    case SYS_epoll_ctl: return "epoll_ctl";
    case SYS_epoll_wait: return "epoll_wait";
    case SYS_epoll_pwait: return "epoll_pwait";
    default:
        snprintf(other, sizeof other, "%d", number);
        return other;
    }
}

// Returns how many messages were counted.
static uint64_t serve(pid_t pid, const char *scenario, int rounds)
{
    static int fds[MOST_CONNECTIONS];
    int visits = strcmp(scenario, "conn") == 0;
    datagrams = strcmp(scenario, "udp") == 0;
    size_t total = size * (size_t)depth;
    batch = malloc(total);
    answer = malloc(total);
    memset(batch, 'x', total);
    if (strcmp(scenario, "line") == 0) {
        for (int i = 1; i <= depth; i++)
            memcpy(batch + (size_t)i * size - 2, "\r\n", 2);
    }
    if (visits)
        connections = depth = 1;
    else
        for (int i = 0; i < connections; i++)
            fds[i] = dial();
    for (int i = 0; i < WARM_UP_ROUNDS; i++)
        visits ? visit(0) : exchange(fds, 0);
    say("ready");
    (void)getchar();
    attach(pid);
    pass(); // from wherever it was
    for (int i = -1; i < rounds; i++) { // the first is not counted: the warm-up may have left something to do
        counting = i >= 0;
        visits ? visit(1) : exchange(fds, 1);
    }
    counting = 0;
    uint64_t a_round = (uint64_t)connections * (uint64_t)depth, messages = (uint64_t)rounds * a_round;
    printf("messages\t%lu\ninstructions\t%lu\n", messages, instructions);
    for (int i = 0; i < CALLS; i++) {
        if (calls[i] > 0)
            printf("call\t%s\t%lu\n", call_name(i), calls[i]);
    }
    printf("sent\t%lu\n", messages + a_round);
    return messages;
}

// ---- Sections ----

static int is_marker(int call)
{
    return call == SYS_write && (int)registers.rdi == -1;
}

static void count_section(const char *name)
{
    uint64_t before = instructions, calls_made = 0;
    wait_for_stop(PTRACE_SYSCALL); // the marker itself returns
    counting = 1;
    while (!is_marker(step_to_call()))
        calls_made++;
    counting = 0;
    printf("section\t%s\t%lu\t%lu\n", name, instructions - before, calls_made);
    fflush(stdout);
}

static void sections(pid_t pid)
{
    attach(pid);
    say("attached");
    for (;;) {
        resume(PTRACE_SYSCALL);
        int stop = wait_for_stop(PTRACE_SYSCALL);
        if (stop == 0)
            return;
        if (ptrace(PTRACE_GETREGS, traced, NULL, &registers) != 0)
            fail("registers");
        // At the entry of a call rax is -ENOSYS; at its exit it is the result.
        if ((long)registers.rax != -ENOSYS || !is_marker((int)registers.orig_rax) || registers.rdx == 0)
            continue;
        char name[NAME] = "";
        size_t length = registers.rdx < NAME - 1 ? registers.rdx : NAME - 1;
        struct iovec here = { name, length }, there = { (void *)registers.rsi, length };
        if (process_vm_readv(traced, &here, 1, &there, 1, 0) != (ssize_t)length)
            fail("the section's name");
        resume(PTRACE_SYSCALL);
        count_section(name);
    }
}

// ---- The histogram ----

struct function {
    uint64_t start, end, count;
    char *name;
};

static struct function *functions;
static size_t function_count;

static struct function *add_function(uint64_t start, uint64_t length, const char *name)
{
    if (function_count % 4096 == 0)
        functions = realloc(functions, (function_count + 4096) * sizeof *functions);
    struct function *added = &functions[function_count++];
    *added = (struct function) { start, start + length, 0, strdup(name) };
    return added;
}

// The functions that an ELF file names, mapped so that its offset 'offset' is at 'start'.
static void add_elf(const char *path, uint64_t start, uint64_t offset)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0)
        return;
    char *file = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (file == MAP_FAILED || memcmp(file, ELFMAG, SELFMAG) != 0)
        return;
    Elf64_Ehdr *elf = (Elf64_Ehdr *)file;
    Elf64_Phdr *segments = (Elf64_Phdr *)(file + elf->e_phoff);
    Elf64_Shdr *parts = (Elf64_Shdr *)(file + elf->e_shoff);
    uint64_t base = start;
    for (int i = 0; i < elf->e_phnum; i++) {
        Elf64_Phdr *s = &segments[i];
        if (s->p_type == PT_LOAD && offset >= (s->p_offset & ~4095u) && offset < s->p_offset + s->p_filesz)
            base = start - offset + s->p_offset - s->p_vaddr;
    }
    const char *library = strrchr(path, '/') + 1;
    for (int i = 0; i < elf->e_shnum; i++) {
        if (parts[i].sh_type != SHT_SYMTAB && parts[i].sh_type != SHT_DYNSYM)
            continue;
        Elf64_Sym *symbols = (Elf64_Sym *)(file + parts[i].sh_offset);
        const char *names = file + parts[parts[i].sh_link].sh_offset;
        for (size_t j = 0; j < parts[i].sh_size / sizeof *symbols; j++) {
            char name[NAME];
            if (ELF64_ST_TYPE(symbols[j].st_info) != STT_FUNC || symbols[j].st_size == 0)
                continue;
            snprintf(name, sizeof name, "%s in %s", names + symbols[j].st_name, library);
            add_function(base + symbols[j].st_value, symbols[j].st_size, name);
        }
    }
}

static int by_start(const void *a, const void *b)
{
    const struct function *f = a, *g = b;
    return f->start < g->start ? -1 : f->start > g->start;
}

static int by_count(const void *a, const void *b)
{
    const struct function *f = a, *g = b;
    return f->count > g->count ? -1 : f->count < g->count;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct function *)a)->name, ((const struct function *)b)->name);
}

// "instance bool [Assembly] Namespace.Type::Method(arguments)[Optimized]" without what surrounds the name.
static char *method_name(char *text)
{
    char *member = strstr(text, "::"), *arguments = member != NULL ? strchr(member, '(') : NULL;
    if (arguments == NULL)
        return text;
    *arguments = '\0';
    while (member > text && member[-1] != ' ')
        member--;
    return member;
}

// All functions that the process can name, and its mappings for what has no name. Read while it still lives.
static void read_functions(pid_t pid)
{
    char path[64], line[4096];
    snprintf(path, sizeof path, "/tmp/perf-%d.map", pid);
    FILE *map = fopen(path, "r");
    while (map != NULL && fgets(line, sizeof line, map) != NULL) {
        uint64_t start, length;
        int at;
        line[strcspn(line, "\n")] = '\0';
        if (sscanf(line, "%lx %lx %n", &start, &length, &at) == 2)
            add_function(start, length, method_name(line + at));
    }
    if (map != NULL)
        fclose(map);
    snprintf(path, sizeof path, "/proc/%d/maps", pid);
    map = fopen(path, "r");
    while (map != NULL && fgets(line, sizeof line, map) != NULL) {
        uint64_t start, end, offset;
        char rights[8], *name = strpbrk(line, "/[");
        line[strcspn(line, "\n")] = '\0';
        if (name != NULL && sscanf(line, "%lx-%lx %7s %lx", &start, &end, rights, &offset) == 4 && rights[2] == 'x') {
            add_function(start, end - start, name);
            if (*name == '/')
                add_elf(name, start, offset);
        }
    }
    if (map != NULL)
        fclose(map);
    qsort(functions, function_count, sizeof *functions, by_start);
}

// The innermost function of an address: the last that begins before it and has not ended.
static struct function *function_of(uint64_t address)
{
    size_t low = 0, high = function_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (functions[middle].start <= address)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low > 0; low--) {
        if (functions[low - 1].end > address)
            return &functions[low - 1];
    }
    return NULL;
}

static void write_histogram(const char *path, pid_t pid, uint64_t messages)
{
    read_functions(pid);
    struct function unknown = { .name = "(no name)" };
    for (size_t i = 0; i < PLACES; i++) {
        if (places[i].count > 0) {
            struct function *at = function_of(places[i].address);
            (at != NULL ? at : &unknown)->count += places[i].count;
        }
    }
    // A method may have been compiled more than once.
    qsort(functions, function_count, sizeof *functions, by_name);
    for (size_t i = 1; i < function_count; i++) {
        if (strcmp(functions[i].name, functions[i - 1].name) == 0) {
            functions[i].count += functions[i - 1].count;
            functions[i - 1].count = 0;
        }
    }
    *add_function(0, 0, "") = unknown;
    qsort(functions, function_count, sizeof *functions, by_count);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        fail(path);
    fprintf(file, "# instructions%s, share, function\n", messages > 1 ? " a message" : "");
    for (size_t i = 0; i < function_count && functions[i].count > 0; i++)
        fprintf(file, "%.1f\t%.1f %%\t%s\n", (double)functions[i].count / (double)messages,
            100.0 * (double)functions[i].count / (double)instructions, functions[i].name);
    fclose(file);
}

// ---- Main ----

int main(int argc, char **argv)
{
    const char *histogram = NULL;
    if (argc > 2 && strcmp(argv[1], "--histogram") == 0) {
        histogram = argv[2];
        argv += 2;
        argc -= 2;
    }
    int serves = argc == 9 && strcmp(argv[1], "serve") == 0;
    if (!serves && (histogram != NULL || argc != 3 || strcmp(argv[1], "sections") != 0)) {
        fprintf(stderr, "usage: steps [--histogram FILE] serve PID PORT ping|line|udp|conn CONNECTIONS SIZE DEPTH ROUNDS\n"
                        "       steps sections PID\n");
        return 2;
    }
    signal(SIGALRM, out_of_patience);
    alarm(PATIENCE_SECONDS);
    pid_t pid = atoi(argv[2]);
    if (!serves) {
        sections(pid);
        return 0;
    }
    port = atoi(argv[3]);
    connections = atoi(argv[5]);
    size = (size_t)atoi(argv[6]);
    depth = atoi(argv[7]);
    if (connections < 1 || connections > MOST_CONNECTIONS || size < 2 || depth < 1)
        fail("bad numbers");
    uint64_t messages = serve(pid, argv[4], atoi(argv[8]));
    if (histogram != NULL)
        write_histogram(histogram, pid, messages);
    ptrace(PTRACE_DETACH, pid, NULL, NULL);
    say("done");
    while (getchar() != EOF) {
    }
    return 0;
}
