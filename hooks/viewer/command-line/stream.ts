import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { HookError } from '../../framework';
import { listStreams, nameOfStream, type StageStreams } from '../reader/streams';

/** The stream that an option names. @throws HookError when it names none of the stage's */
export async function streamOfOptions(
  kinesis: KinesisClient,
  ofStage: StageStreams,
  { stream }: { readonly stream?: string },
): Promise<string> {
  return nameOfStream(ofStage, stream ?? (await noStream(kinesis, ofStage)));
}

async function noStream(kinesis: KinesisClient, ofStage: StageStreams): Promise<never> {
  const streams = await listStreams(kinesis, ofStage);
  const names = streams.map(({ name, declared }) =>
    declared === undefined ? `  ${name}` : `  ${declared}, in Kinesis ${name}`,
  );
  throw new HookError(
    'STREAM_MISSING',
    names.length === 0
      ? `This stage has no streams yet: none matches '${ofStage.pattern}'.`
      : ['Choose a stream with --stream. This stage has:', '', ...names].join('\n'),
  );
}
