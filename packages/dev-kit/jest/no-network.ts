import net from 'node:net';

// Unit tests must not use the network: a test that opens a socket belongs to another tier. Undone
// afterwards, because the same worker may run files of that tier next.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = () => {
  throw new Error('A unit test opened a socket. Tests that need one belong to test/end-to-end/.');
};
afterAll(() => {
  net.Socket.prototype.connect = connect;
});
