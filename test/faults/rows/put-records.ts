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
  [
    'emoji-keys',
    'an emoji in a partition key becomes ?',
    ['Batch'],
    inRequest(
      'PutRecords',
      safe('$record.partition-key'),
      `${safe('$record.partition-key')}.replaceAll('\\\\u[dD][89abAB]..\\\\u[dD][c-fC-F]..', '?')`,
    ),
  ],
  [
    'first-key',
    "every record gets the first one's partition key",
    ['Batch'],
    inRequest(
      'PutRecords',
      safe('$record.partition-key'),
      safe("$input.path('$.records[0].partition-key')"),
    ),
  ],
  [
    'first-hash-key',
    "every record gets the first one's explicit-hash-key",
    ['ExplicitHashKeys'],
    inRequest(
      'PutRecords',
      safe('$record.explicit-hash-key'),
      safe("$input.path('$.records[0].explicit-hash-key')"),
    ),
  ],
  [
    'first-data',
    "every record gets the first one's data",
    ['Batch'],
    inRequest('PutRecords', '$data = $record.data', "$data = $input.path('$.records[0].data')"),
  ],
]);
