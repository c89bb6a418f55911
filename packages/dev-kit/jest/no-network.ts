import net from 'node:net';

// Unit tests touch no network: whoever opens a socket has written a test of another tier. Undone
// afterwards, because a worker goes on to run files of that tier.
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = () => {
  throw new Error('A unit test opened a socket. Tests that need one belong to test/end-to-end/.');
};
afterAll(() => {
  net.Socket.prototype.connect = connect;
});
