import { type LocalAwsOptions, startLocalAws } from 'embedded-aws';

/** A running embedded AWS. */
export interface RunningAws {
  readonly port: number;
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts an embedded AWS on a free port of this process, which has run one for other test files: its
 * code is compiled and warm, and a start costs milliseconds. For tests of what AWS or a command does;
 * its own process, with options, signals and an end, is tested on startEmbeddedAws (processes.ts).
 */
export async function warmAws(options: Omit<LocalAwsOptions, 'port'> = {}): Promise<RunningAws> {
  const { port, url, close } = await startLocalAws({ ...options, port: 0 });
  return { port, endpoint: url, stop: close };
}
