import type { DeclaredStream } from '../streams/declared';
import { templateFile } from '../template-files';
import type { BodyKind } from './senders';

/**
 * The request template of one kind of body: the stream's settings as variables, then the files of
 * templates/ that they call for. Comments stay in the files: each content type of a method has the
 * whole text once more, and a stack's template takes 1 MB.
 */
export function requestTemplate(stream: DeclaredStream, _kind: BodyKind): string {
  return [
    `#set($streamName = '${stream.streamName}')`,
    ...['Event.key-request-id', 'Event.put'].map((name) => withoutComments(templateFile(name))),
  ].join('\n');
}

const withoutComments = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('##'))
    .join('\n')
    .trimEnd();
