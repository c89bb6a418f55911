import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointId } from '../../resources/endpoints';
import { type Api, send } from './api';
import {
  type Answer,
  type CaseRequest,
  type KnownRecord,
  listOf,
  members,
  type World,
} from './case';

/** The streams that the role may use if a stage is deployed for this suite. */
export const STREAMS = 'contract-*';

/** The prefix of the names of a run's streams. */
export const namePrefix = (run: string): string => `contract-${run}-`;

/** How often a request is sent that is throttled and should not be: AWS takes a few a second. */
const ATTEMPTS = 6;

const FIRST = { Data: { index: 1, name: 'Maya' }, PartitionKey: 'first', ExplicitHashKey: '0' };

/**
 * How long something is waited for, in milliseconds: on AWS a stream takes half a minute to come or
 * go. Less than what Jest gives a test, so that what never comes is told, and the process can end.
 */
export const WITHIN_MS = 150_000;

type Query = Readonly<Record<string, string>>;

/** The streams of one run, made and unmade through the API itself. */
export class OwnWorld implements World {
  readonly stream: string;
  readonly otherStream: string;
  readonly forbiddenStream: string;
  readonly #api: Api;
  readonly #pauseMs: number;
  readonly #withinMs: number;
  readonly #run: string;
  readonly #names: string[] = [];
  #record: KnownRecord | undefined;

  /**
   * @param pauseMs between two looks at something that takes time, in milliseconds
   * @param run tells this run's streams from those of others
   * @param withinMs how long something is waited for, in milliseconds
   */
  constructor(
    api: Api,
    pauseMs: number,
    run = randomBytes(8).toString('hex'),
    withinMs = WITHIN_MS,
  ) {
    this.#api = api;
    this.#pauseMs = pauseMs;
    this.#withinMs = withinMs;
    this.#run = run;
    this.stream = this.newName();
    this.otherStream = this.newName();
    this.forbiddenStream = `forbidden-${this.#run}`;
  }

  /** Makes the streams that all cases share. @throws Error when the API does not let it */
  async prepare(): Promise<void> {
    await this.#create(this.stream, 2);
    await this.#create(this.otherStream, 1);
    const { json } = await this.#expect('PutRecord', { stream: this.stream, body: FIRST });
    const { ShardId: shardId, SequenceNumber: sequenceNumber } = members(json);
    this.#record = {
      shardId: String(shardId),
      sequenceNumber: String(sequenceNumber),
      data: Buffer.from(JSON.stringify(FIRST.Data)).toString('base64'),
      partitionKey: FIRST.PartitionKey,
      createdAt: Number((await this.#describe(this.stream)).StreamCreationTimestamp),
    };
  }

  /** Deletes every stream that may have come to be. @throws AggregateError for those it cannot */
  async remove(): Promise<void> {
    const outcomes = await Promise.allSettled(this.#names.map((name) => this.#delete(name)));
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    if (failed.length === 0) return;
    throw new AggregateError(
      failed.map(({ reason }) => reason),
      'Streams may be left behind.',
    );
  }

  get record(): KnownRecord {
    if (this.#record === undefined) throw new TypeError('The world is not prepared.');
    return this.#record;
  }

  newName(): string {
    const name = `${namePrefix(this.#run)}${String(this.#names.length).padStart(3, '0')}`;
    this.#names.push(name);
    return name;
  }

  async newStream(shardCount = 1): Promise<string> {
    const stream = this.newName();
    await this.#create(stream, shardCount);
    return stream;
  }

  async send(endpoint: EndpointId, request: CaseRequest = {}): Promise<Answer> {
    const whole = { stream: this.stream, ...request };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(this.#api, endpoint, whole);
      if (answer.status !== 429 || attempt === ATTEMPTS) return answer;
      await sleep(this.#pauseMs * attempt);
    }
  }

  async iterator(query: Query, stream = this.stream): Promise<string> {
    const { json } = await this.#expect('GetShardIterator', { stream, query });
    return String(members(json).ShardIterator);
  }

  async stored(result: unknown): Promise<{ bytes: Buffer; partitionKey: string }> {
    const { ShardId: shardId, SequenceNumber: number } = members(result);
    const iterator = await this.iterator({
      'shard-id': String(shardId),
      'shard-iterator-type': 'AT_SEQUENCE_NUMBER',
      'starting-sequence-number': String(number),
    });
    const record = await this.poll(async () => {
      const query = { 'shard-iterator': iterator, limit: '1' };
      return listOf(await this.#expect('GetRecords', { query }), 'Records')[0];
    }, `the record ${number}`);
    expect(record.SequenceNumber).toBe(number);
    return {
      bytes: Buffer.from(String(record.Data), 'base64'),
      partitionKey: String(record.PartitionKey),
    };
  }

  async poll<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
    const until = Date.now() + this.#withinMs;
    for (;;) {
      // Before the look: where the process was held up, the last one comes after the time is up.
      const left = until - Date.now();
      const seen = await look();
      if (seen !== undefined) return seen;
      if (left <= 0) throw new Error(`Waited ${this.#withinMs / 1000} s in vain for ${what}.`);
      await sleep(Math.min(this.#pauseMs, left));
    }
  }

  async #create(stream: string, shardCount: number): Promise<void> {
    await this.#expect('CreateStream', { stream, body: { ShardCount: shardCount } });
    await this.poll(async () => {
      const { StreamStatus: status } = await this.#describe(stream);
      return status === 'ACTIVE' ? status : undefined;
    }, `the stream ${stream} to be ACTIVE`);
  }

  async #describe(stream: string): Promise<Readonly<Record<string, unknown>>> {
    const { json } = await this.#expect('DescribeStream', { stream });
    return members(members(json).StreamDescription);
  }

  async #delete(stream: string): Promise<void> {
    await this.poll(async () => {
      const { status } = await this.send('DeleteStream', { stream });
      // While it is being made, or deleted already, Kinesis says that it is in use.
      if (status === 200 || status === 409) return undefined;
      if (status === 404) return status;
      throw new Error(`The stream ${stream} may be left behind: DELETE answers ${status}.`);
    }, `the stream ${stream} to be gone`);
  }

  async #expect(endpoint: EndpointId, request: CaseRequest): Promise<Answer> {
    const answer = await this.send(endpoint, request);
    if (answer.status === 200) return answer;
    throw new Error(`${endpoint} to prepare a case: ${answer.status} ${answer.text}`);
  }
}
