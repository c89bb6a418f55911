import { StackError } from '../errors';
import { checkRegion, type Place } from '../parameters/limits';
import type { DeclaredStream } from './declared';
import { shown } from './kinds';
import { KINESIS_NAME } from './members';

/** Kinesis's limit on a stream's name. */
const LONGEST = 128;

/**
 * Checks what is known of declared streams only once the framework has filled in its variables.
 * @param streams as the stage has them
 * @param throwAwayPrefix how the names of the stage's throw-away streams begin
 * @throws StackError for a mistake, naming stream and member
 */
export function checkStreamNames(
  streams: readonly DeclaredStream[],
  { region }: Pick<Place, 'region'>,
  throwAwayPrefix: string,
): void {
  const named = new Map<string, string>();
  for (const { name, streamName, kmsKeyArn } of streams) {
    checkName(name, streamName, throwAwayPrefix);
    const other = named.get(streamName);
    if (other !== undefined) {
      throw new StackError(
        `streams.ts: '${other}' and '${name}' are the same stream in Kinesis, ${shown(streamName)}. Give one another 'streamName'.`,
      );
    }
    named.set(streamName, name);
    if (kmsKeyArn !== undefined) checkRegion(`streams.ts: ${name}.kmsKeyArn`, kmsKeyArn, region);
  }
}

function checkName(name: string, streamName: string, throwAwayPrefix: string): void {
  if (streamName.length > LONGEST) {
    throw new StackError(
      `streams.ts: the name of '${name}' in Kinesis would be ${shown(streamName)}, ${streamName.length} characters of which AWS takes ${LONGEST}. Give it a 'streamName', or shorten the names of service, stage or stream.`,
    );
  }
  if (!KINESIS_NAME.test(streamName)) {
    throw new StackError(
      `streams.ts: the name of '${name}' in Kinesis would be ${shown(streamName)}. It takes letters, digits, _ . and -: give it a 'streamName'.`,
    );
  }
  if (streamName.startsWith(throwAwayPrefix)) {
    throw new StackError(
      `streams.ts: the name of '${name}' in Kinesis would be ${shown(streamName)}, and verification deletes its own streams, whose names begin with ${throwAwayPrefix}. Give it another 'streamName'.`,
    );
  }
}
