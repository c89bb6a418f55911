// What this package measures of itself, and what others need to measure it in use. Only for this
// repository: it is not in the packed file.

export { engine } from './measurements/engine';
export { growth } from './measurements/growth';
export { start } from './measurements/start';
export { bundle, startEmbeddedAws } from './servers/embedded-aws';
export { startFloor } from './servers/floor';
export { KinesisClient } from './servers/kinesis-client';
