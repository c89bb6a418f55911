import { type AwsOptions, createAws } from './aws';
import { type Listener, listen } from './server/listen';

export interface LocalAwsOptions extends AwsOptions {
  /** Port on 127.0.0.1; 0 picks a free one. */
  readonly port: number;
}

/** A running embedded AWS. */
export interface LocalAws extends Listener {
  /** What AWS clients take as their endpoint. */
  readonly url: string;
}

/**
 * Starts an embedded AWS on loopback, empty and in memory.
 * @throws the system's error when the port cannot be had (EADDRINUSE)
 */
export async function startLocalAws({ port, ...options }: LocalAwsOptions): Promise<LocalAws> {
  const aws = createAws(options);
  const listener = await listen(port, (request) => aws.handle(request));
  return { ...listener, url: `http://127.0.0.1:${listener.port}` };
}
