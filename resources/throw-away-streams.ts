import { sub } from './cloudformation';

/** Where the names of the streams begin that the verification of a stage makes for itself. */
export const throwAwayPrefix = (service: string, stage: string): string =>
  `verify-${service}-${stage}-`;

/** ARNs of streams by their name, or by a pattern of names. */
export const streamArns = (pattern: string) =>
  sub(`arn:\${AWS::Partition}:kinesis:\${AWS::Region}:\${AWS::AccountId}:stream/${pattern}`);

/**
 * The throw-away streams of the stage, whatever its parameter `streams`; of a name that is long only
 * once hooks/template/long-names.ts has shortened the prefix.
 */
export const throwAwayStreams = streamArns(
  `${throwAwayPrefix('${self:service}', '${self:provider.stage}')}*`,
);
