import { randomUUID } from 'node:crypto';
import type { Measurement } from '../core/metric';
import { embeddedMetrics } from './embedded-metrics';
import { alreadyExists, notFound } from './errors';
import { Message } from './message';
import type { MetricFilter } from './metric-filter';

/** A line of a log as it is written down. */
export interface WrittenEvent {
  /** Unique in the group. */
  readonly id: string;
  /** Milliseconds since 1970, as the writer says. */
  readonly timestamp: number;
  /** Milliseconds since 1970, as the service took it in. */
  readonly ingestionTime: number;
  readonly message: string;
}

const NUMBER_DIGITS = 43;

/** One line of a log. It is kept small, as there may be hundreds of thousands. */
export class LogEvent implements WrittenEvent {
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  /** The number of events that the group had before it. */
  readonly number: number;

  constructor(timestamp: number, ingestionTime: number, message: string, number: number) {
    this.timestamp = timestamp;
    this.ingestionTime = ingestionTime;
    this.message = message;
    this.number = number;
  }

  static restored({ id, timestamp, ingestionTime, message }: WrittenEvent): LogEvent {
    return new LogEvent(timestamp, ingestionTime, message, Number(id.slice(-NUMBER_DIGITS)));
  }

  /** 56 digits, as CloudWatch's: they sort by time. */
  get id(): string {
    const number = String(this.number).padStart(NUMBER_DIGITS, '0');
    return `${this.timestamp}${number}`.padStart(56, '0');
  }

  written(): WrittenEvent {
    const { id, timestamp, ingestionTime, message } = this;
    return { id, timestamp, ingestionTime, message };
  }
}

/** A sequence of events from one source, in the order of their timestamps. */
export interface LogStream {
  /** Distinguishes it from earlier streams of the same name. */
  readonly id: string;
  readonly name: string;
  readonly created: number;
  readonly events: LogEvent[];
  lastIngestionTime: number | undefined;
}

/** Called with each event, to write it down. */
export type NoteEvent = (stream: LogStream, event: LogEvent) => void;

/** Receivers of a group's events, besides the group itself. */
export interface EventSinks {
  readonly note?: NoteEvent | undefined;
  /** Takes the metrics that filters make of events. */
  readonly publish?: ((measurement: Measurement) => void) | undefined;
}

const DAY = 24 * 60 * 60 * 1000;

/** Bytes that CloudWatch counts per event beside the message. */
export const EVENT_OVERHEAD = 26;

/** A group's log is kept in memory: beyond this its oldest events go, as if retention had ended. */
const MAX_GROUP_BYTES = 64 * 1024 * 1024;

/** Retentions that AWS takes, in days. */
export const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/** A named set of streams that share a retention. */
export class LogGroup {
  readonly name: string;
  /** Without the `:*` that stands for its streams. */
  readonly arn: string;
  readonly created: number;
  readonly streams = new Map<string, LogStream>();
  readonly tags: Map<string, string>;
  /** By name; applied to events as they come in. */
  readonly metricFilters = new Map<string, MetricFilter>();
  /** Undefined: events never expire. */
  retentionInDays: number | undefined;
  #bytes = 0;
  #nextEvent = 0;
  readonly #sinks: EventSinks;

  constructor(
    name: string,
    arn: string,
    tags: ReadonlyMap<string, string> = new Map(),
    sinks: EventSinks = {},
    created = Date.now(),
  ) {
    this.created = created;
    this.#sinks = sinks;
    this.name = name;
    this.arn = arn;
    this.tags = new Map(tags);
  }

  get storedBytes(): number {
    this.expire();
    return this.#bytes;
  }

  /** @throws AwsError ResourceAlreadyExistsException */
  createStream(name: string): LogStream {
    if (this.streams.has(name)) throw alreadyExists('stream');
    const about = { id: randomUUID(), name, created: Date.now() };
    const stream = { ...about, events: [], lastIngestionTime: undefined };
    this.streams.set(name, stream);
    return stream;
  }

  /** @throws AwsError ResourceNotFoundException */
  stream(name: string): LogStream {
    const stream = this.streams.get(name);
    if (stream === undefined) throw notFound('stream');
    return stream;
  }

  append(stream: LogStream, timestamp: number, message: string): void {
    const event = new LogEvent(timestamp, Date.now(), message, this.#nextEvent++);
    this.#add(stream, event);
    this.#sinks.note?.(stream, event);
    this.#measure(event);
  }

  /** Publishes the metrics that the group's filters, and the line itself, make of an event. */
  #measure({ message: text, timestamp }: LogEvent): void {
    const { publish } = this.#sinks;
    if (publish === undefined) return;
    const message = new Message(text);
    for (const filter of this.metricFilters.values()) {
      const measurement = filter.measure(message, timestamp);
      if (measurement !== undefined) publish(measurement);
    }
    for (const measurement of embeddedMetrics(message)) publish(measurement);
  }

  /** Restores an event from its written form. */
  restore(stream: LogStream, written: WrittenEvent): void {
    const event = LogEvent.restored(written);
    this.#nextEvent = Math.max(this.#nextEvent, event.number + 1);
    this.#add(stream, event);
  }

  #add(stream: LogStream, event: LogEvent): void {
    const { timestamp, message, ingestionTime } = event;
    const last = stream.events.at(-1);
    if (last === undefined || last.timestamp <= timestamp) stream.events.push(event);
    else stream.events.splice(insertionIndex(stream.events, timestamp), 0, event);
    stream.lastIngestionTime = ingestionTime;
    this.#bytes += sizeOf(message);
    while (this.#bytes > MAX_GROUP_BYTES && this.#dropOldest()) {}
  }

  deleteStream(name: string): void {
    this.#drop(this.stream(name), Number.POSITIVE_INFINITY);
    this.streams.delete(name);
  }

  /** Deletes the events that are older than the retention. */
  expire(): void {
    if (this.retentionInDays === undefined) return;
    const oldest = Date.now() - this.retentionInDays * DAY;
    for (const stream of this.streams.values()) {
      const kept = insertionIndex(stream.events, oldest - 1);
      if (kept > 0) this.#drop(stream, kept);
    }
  }

  #dropOldest(): boolean {
    let oldest: LogStream | undefined;
    for (const stream of this.streams.values()) {
      const first = stream.events[0]?.timestamp ?? Number.POSITIVE_INFINITY;
      if (first < (oldest?.events[0]?.timestamp ?? Number.POSITIVE_INFINITY)) oldest = stream;
    }
    if (oldest === undefined) return false;
    // A tenth at once: taking them one by one would move the rest each time.
    this.#drop(oldest, Math.max(1, Math.floor(oldest.events.length / 10)));
    return true;
  }

  #drop(stream: LogStream, count: number): void {
    for (const { message } of stream.events.splice(0, count)) this.#bytes -= sizeOf(message);
  }
}

const sizeOf = (message: string): number => Buffer.byteLength(message) + EVENT_OVERHEAD;

/** The place of an event of this time: after all that are not later. */
function insertionIndex(events: readonly LogEvent[], timestamp: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.timestamp ?? 0) <= timestamp) low = middle + 1;
    else high = middle;
  }
  return low;
}
