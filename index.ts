// What others import: the API as the parts of a serverless.ts of their own (docs/install.md).

export type { Row } from './resources/parameters/stages';
export { kinesisRestProxy, type ServiceParts, type Settings } from './resources/service';
