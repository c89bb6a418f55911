// The exports of the package: the API as parts of another service's serverless.ts (docs/install.md).

export type { Row } from './resources/parameters/stages';
export type { ProducerDeclaration, Producers } from './resources/producers/declaration';
export { kinesisRestProxy, type ServiceParts, type Settings } from './resources/service';
export { declare, type StreamDeclaration, type Streams } from './resources/streams/declaration';
