import { asRequest, inKinesisRequest, inRequest } from '../damage';
import type { Fault } from '../fault';
import { LESSON, rows, SLASHES, STREAM, safe } from '../request-rows';

/** The templates of PutRecords. */
export const putRecordsFaults: readonly Fault[] = rows('PutRecords', [
  [
    'tutorial',
    `${LESSON}, which stores objects as Java's text`,
    ['Batch'],
    asRequest(
      'PutRecords',
      `{
    "StreamName": "${STREAM}",
    "Records": [
       #foreach($elem in $input.path('$.records'))
          {
            "Data": "$util.base64Encode($elem.data)",
            "PartitionKey": "$elem.partition-key"
          }#if($foreach.hasNext),#end
        #end
    ]
}`,
    ),
  ],
  [
    'no-comma',
    'records are not separated by commas',
    ['PutRecords'],
    inRequest('PutRecords', '#if($foreach.hasNext),#end', ''),
  ],
  [
    'first-only',
    'only the first record is written',
    ['PutRecords'],
    inRequest('PutRecords', '#if($foreach.hasNext),#end\n', '#break'),
  ],
  [
    'key-pasted',
    'partition keys are pasted and not encoded',
    ['Batch'],
    inRequest('PutRecords', safe('$record.partition-key'), '$record.partition-key'),
  ],
  [
    'apostrophes',
    "an apostrophe in a key becomes \\', which is no JSON",
    ['PutRecords'],
    inRequest(
      'PutRecords',
      safe('$record.partition-key'),
      '$util.escapeJavaScript($record.partition-key)',
    ),
  ],
  [
    'slashes-escaped',
    'a slash inside JSON is stored as \\/',
    ['Batch'],
    inRequest('PutRecords', SLASHES, ''),
  ],
  [
    'hash-key-lost',
    'explicit-hash-key is left out',
    ['ExplicitHashKeys'],
    inRequest('PutRecords', /#if\(\$record\.explicit-hash-key[\s\S]*?#end\n/, ''),
  ],
  [
    'kinesis-member',
    "Records of Kinesis's own JSON is spelt records, as in public templates",
    ['KinesisJsonBatch'],
    inKinesisRequest('PutRecords', '"Records"', '"records"'),
  ],
]);
