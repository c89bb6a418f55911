import { asRequest, inKinesisRequest, inRequest } from '../damage';
import type { Fault } from '../fault';
import { LESSON, rows, SLASHES, STREAM, safe } from '../request-rows';

/** The templates of PutRecord. */
export const putRecordFaults: readonly Fault[] = rows('PutRecord', [
  [
    'tutorial',
    `${LESSON}, which keeps the quotes of strings`,
    ['PutRecord'],
    asRequest(
      'PutRecord',
      `{
    "StreamName": "${STREAM}",
    "Data": "$util.base64Encode($input.json('$.Data'))",
    "PartitionKey": "$input.path('$.PartitionKey')"
}`,
    ),
  ],
  [
    'key-pasted',
    'the partition key is pasted and not encoded',
    ['PutRecord'],
    inRequest('PutRecord', "$input.json('$.PartitionKey')", `"$input.path('$.PartitionKey')"`),
  ],
  [
    'not-base64',
    'data goes to Kinesis as it is and not in base64',
    ['PutRecord'],
    inRequest('PutRecord', '$util.base64Encode($data)', '$data'),
  ],
  [
    'quotes-kept',
    'strings are stored as JSON, with their quotes',
    ['Single'],
    inRequest(
      'PutRecord',
      "#set($data = $input.path('$.Data'))",
      "#set($data = $input.json('$.Data'))",
    ),
  ],
  [
    'slashes-escaped',
    'a slash inside JSON is stored as \\/',
    ['Single'],
    inRequest('PutRecord', SLASHES, ''),
  ],
  [
    'stream-of-body',
    'the body names the stream and not the path',
    ['PutRecord'],
    inRequest('PutRecord', safe(STREAM), "$input.path('$.StreamName')"),
  ],
  [
    'kinesis-twice-encoded',
    "data of Kinesis's own JSON is encoded once more",
    ['Binary'],
    inKinesisRequest(
      'PutRecord',
      "$input.json('$.Data')",
      `"$util.base64Encode($input.path('$.Data'))"`,
    ),
  ],
  [
    'kinesis-passed',
    "Kinesis's own JSON passes as it is, with the stream that it names",
    ['KinesisJson'],
    inKinesisRequest('PutRecord', /^.*$/s, "$input.json('$')"),
  ],
  [
    'kinesis-ordering-lost',
    "SequenceNumberForOrdering of Kinesis's own JSON is left out",
    ['ExplicitHashKey'],
    inKinesisRequest(
      'PutRecord',
      /#if\(\$input\.path\('\$\.SequenceNumberForOrdering'\)[\s\S]*?#end\n/,
      '',
    ),
  ],
]);
