import type { Action } from '../routes';
import type { ExamplesOf } from './examples/example';
import { ofReading } from './examples/reading';
import { ofStreams } from './examples/streams';
import { ofWriting } from './examples/writing';

export type { Example } from './examples/example';

/** What the document shows of every action, in the order of its operations. */
export const examples: ExamplesOf<Action> = {
  ...ofStreams,
  ...ofWriting,
  ...ofReading,
};
