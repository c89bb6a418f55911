import { inRequest } from '../damage';
import type { Fault } from '../fault';
import { STREAM, safe } from '../request-rows';

/** Text of a client's that is pasted can end its own value, and go on to say something else. */
export const pastedFaults: readonly Fault[] = [
  {
    id: 'DescribeStream-apostrophes',
    class: 'request',
    broken: "DescribeStream: an apostrophe in a name becomes \\', which is no JSON",
    blames: 'DescribeStream',
    caughtBy: ['DescribeStreamHostile'],
    template: inRequest('DescribeStream', safe(STREAM), `$util.escapeJavaScript(${STREAM})`),
  },
  ...(
    [
      ['ListStreams', 'start', '$start', 'exclusive-start-stream-name'],
      ['ListShards', 'token', '$token', 'next-token'],
      ['GetShardIterator', 'shard', "$input.params('shard-id')", 'shard-id'],
      ['GetRecords', 'iterator', '$iterator', 'the iterator'],
    ] as const
  ).map(
    ([action, id, reference, what]): Fault => ({
      id: `${action}-${id}-pasted`,
      class: 'request',
      broken: `${action}: ${what} is pasted and not encoded`,
      blames: action,
      caughtBy: [`${action}Hostile`],
      template: inRequest(action, safe(reference), reference),
    }),
  ),
];
