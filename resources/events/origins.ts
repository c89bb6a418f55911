import type { DeclaredStream } from '../streams/declared';

/**
 * The origins whose pages a stream answers, where that is its own to say; none if it answers as the
 * stage does. Pages may send to an open stream in any case, by beacon: to let them read the answer
 * gives nothing away.
 */
export const ownOrigins = ({ origins, authorization }: DeclaredStream): readonly string[] =>
  origins.length === 0 && authorization === 'NONE' ? ['*'] : origins;
