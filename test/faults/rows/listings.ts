import { inRequest } from '../damage';
import type { Fault } from '../fault';
import { optional, rows, STREAM, safe } from '../request-rows';

/** The templates of the routes that list. */
export const listingFaults: readonly Fault[] = [
  ...rows('ListStreams', [
    [
      'limit-lost',
      'limit is left out',
      ['ListStreamsPages'],
      inRequest('ListStreams', /\n {4}"Limit": .*\n\n#set\(\$comma = ','\)/, ''),
    ],
    [
      'no-comma',
      'two parameters are not separated by a comma',
      ['ListStreamsPages'],
      inRequest('ListStreams', "#set($comma = ',')", ''),
    ],
  ]),
  ...rows('DescribeStream', [
    [
      'member',
      'StreamName is spelt streamName for Kinesis',
      ['DescribeStream'],
      inRequest('DescribeStream', '"StreamName"', '"streamName"'),
    ],
    [
      'start-lost',
      'exclusive-start-shard-id is left out',
      ['DescribeStreamPages'],
      inRequest('DescribeStream', optional('start'), ''),
    ],
  ]),
  ...rows('ListShards', [
    [
      'member',
      'limit is Limit for Kinesis, which calls it MaxResults here',
      ['ListShardsPages'],
      inRequest('ListShards', '"MaxResults"', '"Limit"'),
    ],
    [
      'start-lost',
      'exclusive-start-shard-id is left out',
      ['ListShardsPages'],
      inRequest('ListShards', optional('start'), ''),
    ],
    [
      'token-and-name',
      'the stream is named beside next-token, which Kinesis refuses',
      ['ListShardsPages'],
      inRequest('ListShards', '"NextToken": ', `"StreamName": "${safe(STREAM)}", "NextToken": `),
    ],
  ]),
];
