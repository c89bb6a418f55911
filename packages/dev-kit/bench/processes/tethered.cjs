// Loaded first into every process that the bench measures (node --require).
const { Server } = require('node:net');

// Loopback only: some servers name no address to listen on, or all of them.
const { listen } = Server.prototype;
Server.prototype.listen = function (where, ...rest) {
  if (where !== null && typeof where === 'object') {
    const path = 'path' in where && where.path !== undefined;
    return listen.call(this, path ? where : { ...where, host: '127.0.0.1' }, ...rest);
  }
  const more = typeof rest[0] === 'string' ? rest.slice(1) : rest;
  return listen.call(this, where, '127.0.0.1', ...more);
};

if (process.send) {
  // It ends with the bench, even if that is killed: the channel between them closes.
  process.once('disconnect', () => process.exit(0));
  // Where the system has no /proc to ask.
  process.on('message', (message) => {
    if (message?.type !== 'bench:usage') return;
    const { user, system } = process.cpuUsage();
    process.send({
      type: 'bench:usage',
      cpuMs: (user + system) / 1000,
      rssBytes: process.memoryUsage.rss(),
    });
  });
}
