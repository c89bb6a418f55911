/** The member of an event, or the word of a text, that has the name of the run which sent it. */
export const MARK = 'verification-of';

/** The `User-Agent` of verification's requests, which an envelope keeps. */
export const USER_AGENT = 'kinesis-rest-proxy-verification';

/** How many characters of a run's name stand in a partition key: its end, which no other run has. */
const KEY_LENGTH = 48;

/** The end of a run's name, and of its number, as a partition key. */
export const markedKey = (mark: string): string => mark.slice(-KEY_LENGTH);

/** The end of the name of a run: throw-away-name.ts. */
const END = '-[0-9a-z]{8,9}-[0-9a-f]{16}';

const IN_KEY = new RegExp(END);
const IN_DATA = new RegExp(`verify-[\\w-]{1,100}${END}|${USER_AGENT}`);

/** True for a text that bears a run's name, or the end of it. */
export const isOfRun = (text: string, run: string): boolean =>
  text.includes(IN_KEY.exec(run)?.[0] ?? run);

/**
 * True for a record that verification has put into a stream. On stage `local` there are hundreds after
 * each deployment, among which nobody would find an event of his own.
 */
export const isTestRecord = ({
  partitionKey,
  data,
}: {
  readonly partitionKey: string;
  readonly data: Uint8Array;
}): boolean => IN_KEY.test(partitionKey) || IN_DATA.test(Buffer.from(data).toString('latin1'));
