import { endpointOf } from '../../resources/endpoints';
import type { RecordPaths } from './format/record-commands';

/** From the endpoints; the page, which runs in a browser, is sent them. */
export const recordPaths: RecordPaths = {
  put: endpointOf('PutRecord').path,
  iterator: endpointOf('GetShardIterator').path,
  read: endpointOf('GetRecords').path,
};
