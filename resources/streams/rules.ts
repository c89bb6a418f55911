import type { StreamSettings } from './declaration';

/** A combination of members that cannot be meant. */
interface Rule {
  readonly broken: (settings: StreamSettings) => boolean;
  /** Follows the stream's name: `orders: …` */
  readonly message: string;
}

/** Members that say how a stream is made. */
const OF_A_NEW_STREAM = [
  ...(['shards', 'retentionHours', 'encryption', 'maxRecordSizeKiB'] as const),
  ...(['consumers', 'tags', 'onRemove'] as const),
] as const satisfies readonly (keyof StreamSettings)[];

/**
 * Rules about the members that are written down together, for all stages or for one. A stage may
 * contradict what all stages have: its members replace those.
 */
export const RULES: readonly Rule[] = [
  ...OF_A_NEW_STREAM.map((name) => ({
    broken: ({ existing, [name]: value }: StreamSettings) =>
      existing === true && value !== undefined,
    message: `an existing stream stays as its owner made it: leave out '${name}', or 'existing'.`,
  })),
  {
    broken: ({ encryption, kmsKeyArn }) => encryption === false && kmsKeyArn !== undefined,
    message: "'encryption' is false, and 'kmsKeyArn' names a key: leave out one of them.",
  },
];
