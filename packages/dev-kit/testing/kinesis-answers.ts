import type * as Sdk from '@aws-sdk/client-kinesis';

type Commands = typeof Sdk;

/** An action of Kinesis that the SDK has a command for. */
export type KinesisAction = {
  [Name in keyof Commands]: Name extends `${infer Action}Command` ? Action : never;
}[keyof Commands];

type OutputOf<Command> = Command extends new (
  ...input: never[]
) => {
  resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: infer Output }>;
}
  ? Output
  : never;

/**
 * How the SDK's type of a member looks on the wire. The SDK says of every member that it may be
 * missing; a test knows which ones it has made sure of, so here they are all there.
 */
type OnTheWire<T> = T extends Date
  ? number
  : T extends Uint8Array
    ? string
    : T extends string | number | boolean
      ? T
      : T extends object
        ? { [Name in keyof T]-?: OnTheWire<NonNullable<T[Name]>> }
        : never;

/** The JSON that Kinesis answers to an action. */
export type KinesisAnswer<Action extends KinesisAction> = OnTheWire<
  Omit<OutputOf<Commands[`${Action}Command`]>, '$metadata'>
>;

/** The JSON that Kinesis answers when it refuses. */
export interface KinesisError {
  readonly __type: string;
  readonly message: string;
}
