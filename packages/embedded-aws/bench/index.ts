// This package's own measurements, and helpers to measure it in use. Only for this repository: not
// included in the published package.

export { engine } from './measurements/engine';
export { growth } from './measurements/growth';
export { install, packagesIn } from './measurements/install';
export { start } from './measurements/start';
export { bundle, startEmbeddedAws } from './servers/embedded-aws';
export { startFloor } from './servers/floor';
export { KinesisClient } from './servers/kinesis-client';
export { PEER_SERVERS } from './servers/peers';
