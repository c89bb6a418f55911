import { asRequest, inRequest } from '../damage';
import type { Fault } from '../fault';
import { limit, rows, STREAM, safe } from '../request-rows';

/** The templates of the routes that read, and of the one that ends it all. */
export const readFaults: readonly Fault[] = [
  ...rows('GetShardIterator', [
    [
      'default-type',
      'iterators are LATEST unless told otherwise',
      ['IteratorTypes'],
      inRequest('GetShardIterator', "'TRIM_HORIZON'", "'LATEST'"),
    ],
    [
      'type-ignored',
      'every iterator is TRIM_HORIZON, as in the AWS tutorial',
      ['IteratorTypes'],
      inRequest('GetShardIterator', safe('$type'), 'TRIM_HORIZON'),
    ],
  ]),
  ...rows('GetRecords', [
    [
      'query-lost',
      'the iterator is read from the header only',
      ['GetRecords'],
      inRequest('GetRecords', "'shard-iterator'", "'Shard-Iterator'"),
    ],
    ['limit-lost', 'limit is left out', ['GetRecords'], inRequest('GetRecords', limit, '')],
  ]),
  ...rows('DeleteStream', [
    [
      'query',
      'the stream is read from the query',
      ['DeleteStream'],
      inRequest(
        'DeleteStream',
        safe(STREAM),
        safe("$input.params().querystring.get('stream-name')"),
      ),
    ],
    [
      'member',
      'StreamName is spelt Name for Kinesis',
      ['DeleteStream'],
      inRequest('DeleteStream', '"StreamName"', '"Name"'),
    ],
    ['empty', 'the template is empty', ['DeleteStream'], asRequest('DeleteStream', '{}')],
  ]),
];
