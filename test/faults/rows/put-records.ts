import { asRequest, inKinesisRequest, inRequest } from '../damage';
import type { Fault } from '../fault';
import { LESSON, rows, STREAM, safe } from '../request-rows';

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
    'kinesis-member',
    "Records of Kinesis's own JSON is spelt records, as in public templates",
    ['KinesisJsonBatch'],
    inKinesisRequest('PutRecords', '"Records"', '"records"'),
  ],
]);
