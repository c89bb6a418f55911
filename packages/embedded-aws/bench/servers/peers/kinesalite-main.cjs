// argv: the folder that kinesalite is installed in.
const { createRequire } = require('node:module');
const path = require('node:path');

const kinesalite = createRequire(path.join(process.argv[2], 'package.json'))('kinesalite');
const server = kinesalite({ createStreamMs: 50, deleteStreamMs: 50, shardLimit: 100 });
server.listen(0, () => process.send({ type: 'listening', port: server.address().port }));
