// Echo on Node's net module.
const net = require('net');
const server = net.createServer({ noDelay: true }, socket => {
    socket.on('data', data => socket.write(data));
    socket.on('error', () => { });
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () =>
    console.log(`Listening on port ${server.address().port}`));
