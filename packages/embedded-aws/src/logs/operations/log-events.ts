import { AwsError } from '../../core/errors';
import { compileFilter } from '../filter-pattern';
import { flag, type Input, invalidParameter, list, number, requiredText, text } from '../input';
import { EVENT_OVERHEAD, type LogEvent, type LogStream } from '../log-group';
import type { LogsAction } from '../logs';
import { pageOf } from '../pages';
import type { LogStore } from '../store';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
const MAX_BATCH_BYTES = 1_048_576;
const MAX_BATCH_EVENTS = 10_000;
const HOUR = 60 * 60 * 1000;
const OLDEST = 14 * 24 * HOUR;
const NEWEST = 2 * HOUR;

const streamArn = (store: LogStore, input: Input) =>
  `${store.arnOf(store.nameOf(input))}:log-stream:${text(input, 'logStreamName') ?? '*'}`;

const streamOf = (store: LogStore, input: Input): LogStream =>
  store.groupOf(input).stream(requiredText(input, 'logStreamName'));

export const eventActions: Readonly<Record<string, LogsAction>> = {
  CreateLogStream: {
    resource: streamArn,
    run(store, input) {
      const name = requiredText(input, 'logStreamName');
      if (!/^[^:*]{1,512}$/.test(name)) {
        throw invalidParameter(
          `1 validation error detected: Value '${name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*`,
        );
      }
      store.groupOf(input).createStream(name);
      return undefined;
    },
  },
  DeleteLogStream: {
    resource: streamArn,
    run(store, input) {
      store.groupOf(input).deleteStream(requiredText(input, 'logStreamName'));
      return undefined;
    },
  },
  DescribeLogStreams: {
    resource: streamArn,
    run(store, input) {
      const group = store.groupOf(input);
      group.expire();
      const prefix = text(input, 'logStreamNamePrefix') ?? '';
      const streams = [...group.streams.values()].filter(({ name }) => name.startsWith(prefix));
      streams.sort(
        text(input, 'orderBy') === 'LastEventTime'
          ? (a, b) => (a.events.at(-1)?.timestamp ?? 0) - (b.events.at(-1)?.timestamp ?? 0)
          : (a, b) => (a.name < b.name ? -1 : 1),
      );
      if (flag(input, 'descending')) streams.reverse();
      const { items, nextToken } = pageOf(input, streams, 50);
      return { logStreams: items.map((stream) => streamShape(group.arn, stream)), nextToken };
    },
  },
  PutLogEvents: { resource: streamArn, run: putLogEvents },
  GetLogEvents: { resource: streamArn, run: getLogEvents },
  FilterLogEvents: {
    resource: (store, input) => `${store.arnOf(store.nameOf(input))}:*`,
    run: filterLogEvents,
  },
};

function streamShape(groupArn: string, stream: LogStream) {
  return {
    logStreamName: stream.name,
    arn: `${groupArn}:log-stream:${stream.name}`,
    creationTime: stream.created,
    firstEventTimestamp: stream.events[0]?.timestamp,
    lastEventTimestamp: stream.events.at(-1)?.timestamp,
    lastIngestionTime: stream.lastIngestionTime,
    storedBytes: 0,
    uploadSequenceToken: '0',
  };
}

function putLogEvents(store: LogStore, input: Input) {
  const group = store.groupOf(input);
  const stream = streamOf(store, input);
  const events = list(input, 'logEvents').map(eventOf);
  checkBatch(events);
  const now = Date.now();
  const oldest = now - Math.min(OLDEST, (group.retentionInDays ?? 14) * 24 * HOUR);
  const tooOld = events.filter(({ timestamp }) => timestamp < oldest).length;
  const tooNew = events.findIndex(({ timestamp }) => timestamp > now + NEWEST);
  const end = tooNew === -1 ? events.length : tooNew;
  for (const { timestamp, message } of events.slice(tooOld, end)) {
    group.append(stream, timestamp, message);
  }
  const rejected = {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(tooNew !== -1 && { tooNewLogEventStartIndex: tooNew }),
  };
  return {
    nextSequenceToken: '0',
    ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
  };
}

interface NewEvent {
  readonly timestamp: number;
  readonly message: string;
}

function eventOf(value: unknown, index: number): NewEvent {
  const { timestamp, message } = Object(value) as Partial<Record<keyof NewEvent, unknown>>;
  if (Number.isInteger(timestamp) && typeof message === 'string' && message !== '') {
    return { timestamp: Number(timestamp), message };
  }
  throw invalidParameter(
    `1 validation error detected: Value at 'logEvents.${index + 1}.member' needs an integer timestamp and a message`,
  );
}

function checkBatch(events: readonly NewEvent[]): void {
  const bytes = events.reduce(
    (total, { message }) => total + Buffer.byteLength(message) + EVENT_OVERHEAD,
    0,
  );
  if (events.length === 0 || events.length > MAX_BATCH_EVENTS) {
    throw invalidParameter(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length between 1 and ${MAX_BATCH_EVENTS}`,
    );
  }
  if (bytes > MAX_BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter(
      'Log events in a single PutLogEvents request must be in chronological order.',
    );
  }
}

const eventShape = ({ timestamp, ingestionTime, message }: LogEvent) => ({
  timestamp,
  ingestionTime,
  message,
});

/** Tokens name an event and a direction: `f/` onwards from it, `b/` backwards before it. */
const TOKEN = /^([fb])\/(\d+)$/;

function getLogEvents(store: LogStore, input: Input) {
  store.groupOf(input).expire();
  const events = eventsBetween(streamOf(store, input).events, input);
  const size = number(input, 'limit') ?? MAX_BATCH_EVENTS;
  if (!Number.isInteger(size) || size < 1 || size > MAX_BATCH_EVENTS) {
    throw invalidParameter(`Limit must be between 1 and ${MAX_BATCH_EVENTS}.`);
  }
  const token = text(input, 'nextToken');
  const [, direction, id] = TOKEN.exec(token ?? '') ?? [];
  if (token !== undefined && direction === undefined) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  const start = startOf(events, size, direction, id, flag(input, 'startFromHead'));
  const page = events.slice(Math.max(0, start), Math.max(0, start + size));
  // At either end the token given is returned: that is how clients see the end.
  const last = page.at(-1)?.id ?? id ?? '0';
  const first = page[0]?.id ?? id ?? '0';
  return {
    events: page.map(eventShape),
    nextForwardToken: `f/${last}`,
    nextBackwardToken: `b/${first}`,
  };
}

/** May be negative for the first page backwards: the caller cuts. */
function startOf(
  events: readonly LogEvent[],
  size: number,
  direction: string | undefined,
  id: string | undefined,
  fromHead: boolean,
): number {
  if (direction === undefined || id === undefined) {
    return fromHead ? 0 : Math.max(0, events.length - size);
  }
  if (direction === 'f') {
    const next = events.findIndex((event) => event.id > id);
    return next === -1 ? events.length : next;
  }
  const at = events.findIndex((event) => event.id >= id);
  return (at === -1 ? events.length : at) - size;
}

function eventsBetween(events: readonly LogEvent[], input: Input): LogEvent[] {
  const start = number(input, 'startTime') ?? 0;
  const end = number(input, 'endTime') ?? Number.POSITIVE_INFINITY;
  return events.filter(({ timestamp }) => timestamp >= start && timestamp < end);
}

function filterLogEvents(store: LogStore, input: Input) {
  const group = store.groupOf(input);
  group.expire();
  const names = list(input, 'logStreamNames').map(String);
  const prefix = text(input, 'logStreamNamePrefix');
  if (names.length > 0 && prefix !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'logStreamNames and logStreamNamePrefix are mutually exclusive parameters',
    );
  }
  const streams =
    names.length > 0
      ? names.map((name) => group.stream(name))
      : [...group.streams.values()].filter(({ name }) => name.startsWith(prefix ?? ''));
  const fits = compileFilter(text(input, 'filterPattern') ?? '');
  const events = streams
    .flatMap((stream) =>
      eventsBetween(stream.events, input)
        .filter(({ message }) => fits(message))
        .map((event) => ({ logStreamName: stream.name, ...eventShape(event), eventId: event.id })),
    )
    .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
  const { items, nextToken } = pageOf(input, events, MAX_BATCH_EVENTS);
  return { events: items, searchedLogStreams: [], nextToken };
}
