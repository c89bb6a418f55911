import { inRequest } from '../damage';
import type { Fault } from '../fault';
import { STREAM, safe } from '../request-rows';

/** Text of a client's that is pasted can end its own value, and go on to say something else. */
export const pastedFaults: readonly Fault[] = [
  ...(['DescribeStream'] as const).map(
    (action): Fault => ({
      id: `${action}-apostrophes`,
      class: 'request',
      broken: `${action}: an apostrophe in a name becomes \\', which is no JSON`,
      blames: action,
      caughtBy: [`${action}Hostile`],
      template: inRequest(action, safe(STREAM), `$util.escapeJavaScript(${STREAM})`),
    }),
  ),
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
  ...(['ListStreams'] as const).map(
    (action): Fault => ({
      id: `${action}-limit-pasted`,
      class: 'request',
      broken: `${action}: limit is pasted whatever it is`,
      blames: action,
      caughtBy: [`${action}Hostile`],
      template: inRequest(action, /#if\(\$limit\.matches[^\n]*#end/, '$limit'),
    }),
  ),
];
