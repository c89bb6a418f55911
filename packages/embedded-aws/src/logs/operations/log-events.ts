import { operationFor } from '../../core/protocol/operation';
import { flag, list, required, structure, text } from '../../core/shapes/shape';
import { invalidParameter } from '../errors';
import { compileFilter } from '../filter-pattern';
import { EVENT_OVERHEAD, type LogEvent } from '../log-group';
import { groupArn, groupReference, logStreamName, named, page, paged, timestamp } from '../members';
import { Message } from '../message';
import { QUOTAS } from '../quotas';
import type { LogStore } from '../store';
import { streamArn } from './log-streams';

const operation = operationFor<LogStore>();

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
const { batchBytes: MAX_BATCH_BYTES, batchEvents: MAX_BATCH_EVENTS } = QUOTAS;
const HOUR = 60 * 60 * 1000;
const OLDEST = 14 * 24 * HOUR;
const NEWEST = 2 * HOUR;

const newEvent = structure({
  timestamp: required(timestamp),
  message: { type: 'String', min: 1, required: true },
});

const during = { startTime: timestamp, endTime: timestamp } as const;

export const logEventOperations = {
  PutLogEvents: operation({
    input: {
      ...named,
      logStreamName: required(logStreamName),
      logEvents: required(list(newEvent, { min: 1, max: MAX_BATCH_EVENTS })),
    },
    resource: (input, { store }) => streamArn(input, store),
    run: (input, { store }) => putLogEvents(store, input),
  }),
  GetLogEvents: operation({
    input: {
      ...groupReference,
      logStreamName: required(logStreamName),
      ...during,
      ...paged(MAX_BATCH_EVENTS),
      startFromHead: flag,
    },
    resource: (input, { store }) => streamArn(input, store),
    run(input, { store }) {
      const group = store.groupOf(input);
      group.expire();
      return eventPage(eventsDuring(group.stream(input.logStreamName).events, input), input);
    },
  }),
  FilterLogEvents: operation({
    input: {
      ...groupReference,
      logStreamNames: list(logStreamName, { min: 1, max: 100 }),
      logStreamNamePrefix: text,
      ...during,
      filterPattern: text,
      ...paged(MAX_BATCH_EVENTS),
    },
    resource: (input, { store }) => groupArn(input, store),
    run(input, { store }) {
      const { limit = MAX_BATCH_EVENTS, nextToken: token } = input;
      const fits = compileFilter(input.filterPattern ?? '');
      const events = streamsToFilter(store, input)
        .flatMap((stream) =>
          eventsDuring(stream.events, input)
            .filter(({ message }) => fits(new Message(message)))
            .map((event) => ({
              logStreamName: stream.name,
              ...eventAnswer(event),
              eventId: event.id,
            })),
        )
        .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
      const { items, nextToken } = page(events, limit, token);
      return { events: items, searchedLogStreams: [], nextToken };
    },
  }),
};

interface NewEvents {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
}

function putLogEvents(store: LogStore, { logGroupName, logStreamName, logEvents }: NewEvents) {
  const group = store.group(logGroupName);
  const stream = group.stream(logStreamName);
  checkBatch(logEvents);
  const now = Date.now();
  const oldest = now - Math.min(OLDEST, (group.retentionInDays ?? 14) * 24 * HOUR);
  const tooOld = logEvents.filter((event) => event.timestamp < oldest).length;
  const tooNew = logEvents.findIndex((event) => event.timestamp > now + NEWEST);
  const end = tooNew === -1 ? logEvents.length : tooNew;
  for (const event of logEvents.slice(tooOld, end)) {
    group.append(stream, event.timestamp, event.message);
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

/** @throws AwsError InvalidParameterException */
function checkBatch(events: NewEvents['logEvents']): void {
  const bytes = events.reduce(
    (total, { message }) => total + Buffer.byteLength(message) + EVENT_OVERHEAD,
    0,
  );
  if (bytes > MAX_BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
  if (events.some((event, index) => event.timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter(
      'Log events in a single PutLogEvents request must be in chronological order.',
    );
  }
}

const eventAnswer = ({ timestamp: time, ingestionTime, message }: LogEvent) => ({
  timestamp: time,
  ingestionTime,
  message,
});

/** Tokens name an event and a direction: `f/` onwards from it, `b/` backwards before it. */
const TOKEN = /^([fb])\/(\d+)$/;

interface EventPageInput {
  readonly limit?: number;
  readonly nextToken?: string;
  readonly startFromHead?: boolean;
}

function eventPage(events: readonly LogEvent[], input: EventPageInput) {
  const { limit: size = MAX_BATCH_EVENTS, nextToken: token, startFromHead = false } = input;
  const [, direction, id] = TOKEN.exec(token ?? '') ?? [];
  if (token !== undefined && direction === undefined) {
    throw invalidParameter('The specified nextToken is invalid.');
  }
  const start = startOf(events, size, direction, id, startFromHead);
  const items = events.slice(Math.max(0, start), Math.max(0, start + size));
  // At either end the token is the one of the request: that is how clients see the end.
  const last = items.at(-1)?.id ?? id ?? '0';
  const first = items[0]?.id ?? id ?? '0';
  return {
    events: items.map(eventAnswer),
    nextForwardToken: `f/${last}`,
    nextBackwardToken: `b/${first}`,
  };
}

/** May be negative for the first page backwards: the caller cuts it off. */
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

function eventsDuring(
  events: readonly LogEvent[],
  period: { readonly startTime?: number; readonly endTime?: number },
): LogEvent[] {
  const { startTime: start = 0, endTime: end = Number.POSITIVE_INFINITY } = period;
  return events.filter(({ timestamp: time }) => time >= start && time < end);
}

interface FilterInput {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamNames?: readonly string[];
  readonly logStreamNamePrefix?: string;
}

/** @throws AwsError InvalidParameterException, ResourceNotFoundException */
function streamsToFilter(store: LogStore, input: FilterInput) {
  const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
  if (names !== undefined && prefix !== undefined) {
    throw invalidParameter(
      'logStreamNames and logStreamNamePrefix are mutually exclusive parameters',
    );
  }
  const group = store.groupOf(input);
  group.expire();
  return names === undefined
    ? [...group.streams.values()].filter(({ name }) => name.startsWith(prefix ?? ''))
    : names.map((name) => group.stream(name));
}
