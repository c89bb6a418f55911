import type { KinesisAction, KinesisAnswer } from 'dev-kit/testing/kinesis-answers';
import { createKinesis } from '../../../src/kinesis';
import { awsRequest } from '../../support/aws-request';

/** An answer of a Kinesis. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export type Send = (action: string, input: object) => Promise<Reply>;

export const HEADERS = {
  'x-amz-date': '20260101T000000Z',
  'content-type': 'application/x-amz-json-1.1',
  authorization:
    'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0',
} as const;

/** The embedded Kinesis, in this process. */
export function embeddedKinesis(): Send {
  const kinesis = createKinesis({ createMs: 50, deleteMs: 50, updateMs: 50 });
  return async (action, input) => {
    const { status, body } = await kinesis.handle(
      awsRequest({
        headers: { ...HEADERS, 'x-amz-target': `Kinesis_20131202.${action}` },
        body: JSON.stringify(input),
      }),
    );
    const text = body.toString();
    return { status, body: text === '' ? undefined : JSON.parse(text) };
  };
}

/** One answer of a scenario: `PutRecord 2` is the second time that it was asked for. */
export interface Step {
  readonly name: string;
  readonly reply: Reply;
}

/** A Kinesis that a scenario is played on; what it answers is kept. */
export class Stage {
  readonly steps: Step[] = [];
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Asks, and keeps the answer for the comparison. */
  ask<Action extends KinesisAction>(action: Action, input: object): Promise<KinesisAnswer<Action>>;
  ask(action: string, input: object): Promise<unknown>;
  async ask(action: string, input: object): Promise<unknown> {
    const reply = await this.#send(action, input);
    const nth = this.steps.filter(({ name }) => name.startsWith(`${action} `)).length + 1;
    this.steps.push({ name: `${action} ${nth}`, reply });
    return reply.body;
  }

  /** Waits until a stream is ACTIVE. */
  async active(StreamName: string): Promise<void> {
    await this.#until('DescribeStreamSummary', { StreamName }, (_, answer) => {
      return answer?.StreamDescriptionSummary?.StreamStatus === 'ACTIVE';
    });
  }

  /** Waits until a stream is gone. */
  async gone(StreamName: string): Promise<void> {
    await this.#until('DescribeStreamSummary', { StreamName }, (status) => status === 400);
  }

  /** Waits until a consumer is ACTIVE. */
  async activeConsumer(ConsumerARN: string): Promise<void> {
    await this.#until('DescribeStreamConsumer', { ConsumerARN }, (_, answer) => {
      return answer?.ConsumerDescription?.ConsumerStatus === 'ACTIVE';
    });
  }

  /** A stream that is ACTIVE. */
  async stream(StreamName: string, ShardCount = 1): Promise<string> {
    await this.#send('CreateStream', { StreamName, ShardCount });
    await this.active(StreamName);
    return `arn:aws:kinesis:us-east-1:000000000000:stream/${StreamName}`;
  }

  async #until<Action extends KinesisAction>(
    action: Action,
    input: object,
    reached: (status: number, answer: Partial<KinesisAnswer<Action>> | undefined) => boolean,
  ): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const { status, body } = await this.#send(action, input);
      if (reached(status, body as Partial<KinesisAnswer<Action>> | undefined)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`${action} ${JSON.stringify(input)} did not come to what was waited for.`);
  }
}
