import { routeOf } from '../../resources/routes';
import type { RecordPaths } from './format/record-commands';

/** From the endpoints; the page, which runs in a browser, is sent them. */
export const recordPaths: RecordPaths = {
  put: routeOf('PutRecord').path,
  iterator: routeOf('GetShardIterator').path,
  read: routeOf('GetRecords').path,
};
