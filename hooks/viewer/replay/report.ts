import { durationText } from '../format/time';
import { problemOf } from '../reader/problem';
import { NothingStoredError } from './errors';
import { WrongLineError } from './exported-record';
import type { Outcome, Progress } from './replay';
import type { Survey } from './survey';

const count = (number: number, noun: string) =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

/** One line about a replay that goes on. @param total unknown of a pipe */
export function progressText(
  { stored, line, restMs, isHeldUp }: Progress,
  total: Survey | undefined,
): string {
  const part = total === undefined ? '' : ` of ${total.records.toLocaleString('en')}`;
  const held = isHeldUp ? '; Kinesis holds it up, and it goes on' : '';
  const next =
    restMs !== undefined && restMs >= 1_000 ? `; the next in ${durationText(restMs)}` : '';
  return `${stored.toLocaleString('en')}${part} records sent, all before line ${line.toLocaleString('en')}${held}${next}`;
}

/** Lines that are named; there may be thousands. */
const MOST_NAMED = 10;

/** The outcome of a replay: what is in the stream, what may be there twice, how to go on. */
export function outcomeText(outcome: Outcome, stream: string): string {
  const { stored, isComplete, ahead, unsure } = outcome;
  const sent = `${count(stored, 'record')} sent to ${stream}.`;
  if (isComplete) return [sent, doubledText(outcome)].filter(Boolean).join(' ');
  const from = lineToGoOnFrom(outcome);
  return [
    reasonText(outcome),
    sent,
    doubledText(outcome),
    `Go on with --from ${from}.`,
    ahead > 0
      ? `${count(ahead, 'record')} from there on ${are(ahead)} sent already: going on sends ${them(ahead)} again.`
      : '',
    unsure > 0
      ? `${count(unsure, 'record')} from there on may be in the stream: no answer came.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

const are = (number: number) => (number === 1 ? 'is' : 'are');
const them = (number: number) => (number === 1 ? 'it' : 'them');

function lineToGoOnFrom({ error, line }: Outcome): number {
  return error instanceof WrongLineError ? error.line : line;
}

function reasonText({ error, refusedLine }: Outcome): string {
  if (error === undefined) return 'Interrupted.';
  if (error instanceof WrongLineError) {
    return `L${error.message.slice(1)}: correct it first.`;
  }
  if (error instanceof NothingStoredError) return `${error.message}.`;
  const { title, advice } = problemOf(error);
  if (refusedLine === undefined) return `${title}. ${advice}`;
  const said = error instanceof Error ? error.message.trim().replace(/\.$/, '') : String(error);
  return `Kinesis refuses line ${refusedLine}: ${said}.`;
}

function doubledText({ doubled }: Outcome): string {
  if (doubled.length === 0) return '';
  const named = doubled.slice(0, MOST_NAMED).join(', ');
  const more =
    doubled.length > MOST_NAMED ? ` … (${doubled.length.toLocaleString('en')} in all)` : '';
  const lines = doubled.length === 1 ? 'Line' : 'Lines';
  return `${lines} ${named}${more} may be in the stream twice: ${doubled.length === 1 ? 'it was' : 'they were'} sent again because no answer came.`;
}
