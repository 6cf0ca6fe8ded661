// Echo on libuv: one loop, a buffer a write, freed when it has gone.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { BACKLOG = 1024 };

struct answer {
    uv_write_t request;
    uv_buf_t buffer;
};

static char shared[65536];

static void allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    (void)handle;
    (void)suggested;
    *buffer = uv_buf_init(shared, sizeof shared);
}

static void closed(uv_handle_t *handle)
{
    free(handle);
}

static void written(uv_write_t *request, int status)
{
    struct answer *answer = (struct answer *)request;
    (void)status;
    free(answer->buffer.base);
    free(answer);
}

static void received(uv_stream_t *client, ssize_t count, const uv_buf_t *buffer)
{
    if (count < 0) {
        uv_close((uv_handle_t *)client, closed);
        return;
    }
    uv_buf_t whole = uv_buf_init(buffer->base, (unsigned)count);
    int sent = uv_try_write(client, &whole, 1);
    if (sent < 0)
        sent = 0;
    if (sent == count)
        return;
    struct answer *answer = malloc(sizeof *answer);
    answer->buffer = uv_buf_init(malloc((size_t)(count - sent)), (unsigned)(count - sent));
    memcpy(answer->buffer.base, buffer->base + sent, (size_t)(count - sent));
    uv_write(&answer->request, client, &answer->buffer, 1, written);
}

static void connected(uv_stream_t *server, int status)
{
    if (status < 0)
        return;
    uv_tcp_t *client = malloc(sizeof *client);
    uv_tcp_init(server->loop, client);
    if (uv_accept(server, (uv_stream_t *)client) == 0) {
        uv_tcp_nodelay(client, 1);
        uv_read_start((uv_stream_t *)client, allocate, received);
    } else
        uv_close((uv_handle_t *)client, closed);
}

int main(void)
{
    uv_loop_t *loop = uv_default_loop();
    uv_tcp_t server;
    struct sockaddr_in address;
    int length = sizeof address;
    uv_tcp_init(loop, &server);
    uv_ip4_addr("127.0.0.1", 0, &address);
    uv_tcp_bind(&server, (const struct sockaddr *)&address, 0);
    if (uv_listen((uv_stream_t *)&server, BACKLOG, connected) != 0)
        return 1;
    uv_tcp_getsockname(&server, (struct sockaddr *)&address, &length);
    printf("Listening on port %d\n", (address.sin_port >> 8 & 0xff) | (address.sin_port & 0xff) << 8);
    fflush(stdout);
    return uv_run(loop, UV_RUN_DEFAULT);
}
