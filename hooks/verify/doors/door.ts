import type { EndpointId } from '../../../resources/endpoints';
import type { Ask } from '../ask';
import type { CheckContext, WrittenRecord } from '../check';
import type { ApiRequest, Exchange } from '../exchange';

/** A call of an endpoint, with the stream that it is about. */
export type Asked = Ask & { readonly stream: string };

/** The answer that a check needs. */
export interface Expected {
  /** Any of these. A door whose statuses are not ours is held to success or refusal alone. */
  readonly status: readonly number[];
  /** The error's code, where the door tells one. */
  readonly code?: string | RegExp;
}

/**
 * The HTTP API in front of Kinesis that is verified. Checks ask in terms of this service's
 * endpoints; a door turns that into its own requests, and its answers back.
 */
export interface Door {
  /** True for this service's own API, of which every header, status and code is known. */
  readonly isOwn: boolean;
  /** True if it has the endpoint, and takes these members of Kinesis's request: `ShardCount`. */
  takes(id: EndpointId, ...members: readonly string[]): boolean;
  /** @throws NotDescribed where the door has no such request */
  request(id: EndpointId, asked: Asked): ApiRequest;
  /** An answer, with its members under the names that Kinesis gives them. */
  read(id: EndpointId, answer: Exchange): Exchange;
  /**
   * @param id absent for an answer to a path that no endpoint has
   * @throws CheckFailure for an answer that is not as it should be
   */
  accept(answer: Exchange, expected: Expected, context: CheckContext, id?: EndpointId): void;
  /** The bytes that Kinesis must hold for a value that was sent. */
  stored(id: 'PutRecord' | 'PutRecords', value: unknown): Pick<WrittenRecord, 'bytes' | 'isJson'>;
}

/** The door lacks what a check would ask for, which is no fault. */
export class NotDescribed extends Error {
  override readonly name = 'NotDescribed';
}

/** `explicit-hash-key` is our name for Kinesis's `ExplicitHashKey`. */
export const kinesisName = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
