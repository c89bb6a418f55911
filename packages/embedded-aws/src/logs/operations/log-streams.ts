import { operationFor } from '../../core/protocol/operation';
import { flag, required, text } from '../../core/shapes/shape';
import { invalidParameter } from '../errors';
import type { LogStream } from '../log-group';
import { groupReference, LARGEST_LIST, logStreamName, named, page, paged } from '../members';
import type { LogStore } from '../store';

const operation = operationFor<LogStore>();

interface StreamReference {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamName?: string;
}

/** The ARN that policies name a stream by; every stream of the group when none is named. */
export const streamArn = (input: StreamReference, store: LogStore) =>
  `${store.arnOf(store.nameOf(input))}:log-stream:${input.logStreamName ?? '*'}`;

const streamNamed = { ...named, logStreamName: required(logStreamName) } as const;

const LAST_EVENT = 'LastEventTime';
const lastEventOf = ({ events }: LogStream) => events.at(-1)?.timestamp ?? 0;

export const logStreamOperations = {
  CreateLogStream: operation({
    input: streamNamed,
    resource: (input, { store }) => streamArn(input, store),
    run(input, { store }) {
      store.group(input.logGroupName).createStream(input.logStreamName);
      return undefined;
    },
  }),
  DeleteLogStream: operation({
    input: streamNamed,
    resource: (input, { store }) => streamArn(input, store),
    run(input, { store }) {
      store.group(input.logGroupName).deleteStream(input.logStreamName);
      return undefined;
    },
  }),
  DescribeLogStreams: operation({
    input: {
      ...groupReference,
      logStreamNamePrefix: text,
      orderBy: { type: 'String', values: ['LogStreamName', LAST_EVENT] },
      descending: flag,
      ...paged(LARGEST_LIST),
    },
    resource: (input, { store }) => streamArn(input, store),
    run(input, { store }) {
      const { logStreamNamePrefix: prefix = '', limit = LARGEST_LIST } = input;
      if (input.orderBy === LAST_EVENT && prefix !== '') {
        throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
      }
      const group = store.groupOf(input);
      group.expire();
      const streams = [...group.streams.values()].filter(({ name }) => name.startsWith(prefix));
      streams.sort(
        input.orderBy === LAST_EVENT
          ? (a, b) => lastEventOf(a) - lastEventOf(b)
          : (a, b) => (a.name < b.name ? -1 : 1),
      );
      if (input.descending) streams.reverse();
      const { items, nextToken } = page(streams, limit, input.nextToken);
      return { logStreams: items.map((stream) => streamAnswer(group.arn, stream)), nextToken };
    },
  }),
};

function streamAnswer(groupArn: string, stream: LogStream) {
  return {
    logStreamName: stream.name,
    arn: `${groupArn}:log-stream:${stream.name}`,
    creationTime: stream.created,
    firstEventTimestamp: stream.events[0]?.timestamp,
    lastEventTimestamp: stream.events.at(-1)?.timestamp,
    lastIngestionTime: stream.lastIngestionTime,
    storedBytes: 0,
  };
}
