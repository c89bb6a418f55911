import net from 'node:net';

// Unit tests touch no network: whoever opens a socket has written a test of another tier.
net.Socket.prototype.connect = () => {
  throw new Error('A unit test opened a socket. Tests that need one belong to test/end-to-end/.');
};
