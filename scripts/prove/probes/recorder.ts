import { setTimeout as sleep } from 'node:timers/promises';
import { signWith } from '../../../hooks/verify/sign';
import type { Run } from '../run';

export interface ProbeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Sent without a signature. */
  readonly unsigned?: boolean;
}

export interface ProbeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A client of the SDK. */
export interface SdkClient {
  send(command: never): unknown;
}

/** A command of the SDK, which knows the type of its output. */
export interface SdkCommand<Output> {
  readonly input: object;
  resolveMiddleware(...args: never[]): (...args: never[]) => Promise<{ output: Output }>;
}

/** How the SDK's clients tell an error. */
export interface SdkError {
  readonly error: string;
  readonly message: string;
}

const ATTEMPTS = 5;
const ANSWER_WITHIN_MS = 60_000;
/** Of the gateway's own throttle; the answers of probes are below. */
const AGAIN = new Set([429, 502, 503]);

/** Sends requests and commands, and keeps each with its answer. */
export class Recorder {
  readonly exchanges: object[] = [];
  readonly #run: Pick<Run, 'clients' | 'place'>;

  constructor(run: Pick<Run, 'clients' | 'place'>) {
    this.#run = run;
  }

  /** Sends a request to a service itself, as no client of the SDK sends it. */
  service(service: string, path: string, request: ProbeRequest): Promise<ProbeAnswer> {
    const { region, endpoint } = this.#run.place;
    const base = endpoint ?? `https://${service}.${region}.amazonaws.com`;
    return this.http(`${base}${path}`, request, service);
  }

  /** Sends a request, again when the network swallows it. */
  async http(
    url: string,
    request: ProbeRequest = {},
    service = 'execute-api',
  ): Promise<ProbeAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#fetch(url, request, service);
        if (!AGAIN.has(answer.status) || attempt === ATTEMPTS) {
          this.exchanges.push({ request: { url, ...request }, answer });
          return answer;
        }
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
      await sleep(200 * attempt);
    }
  }

  /** Sends a command. @returns its output. @throws the SDK's error, which is recorded as well */
  async command<Output>(client: SdkClient, command: SdkCommand<Output>): Promise<Output> {
    const request = { operation: command.constructor.name.replace(/Command$/, ''), ...command };
    const { operation, input } = request;
    try {
      const output = (await client.send(command as never)) as Output;
      const { $metadata: _, ...answer } = output as object & { $metadata?: object };
      this.exchanges.push({ request: { operation, input }, answer });
      return output;
    } catch (error) {
      this.exchanges.push({ request: { operation, input }, answer: told(error) });
      throw error;
    }
  }

  /** Sends a command that is expected to be refused. @returns how; undefined when it was not */
  async refusal(client: SdkClient, command: SdkCommand<unknown>): Promise<SdkError | undefined> {
    try {
      await this.command(client, command);
      return undefined;
    } catch (error) {
      return told(error);
    }
  }

  async #fetch(
    url: string,
    { method = 'GET', headers, body, unsigned }: ProbeRequest,
    service: string,
  ): Promise<ProbeAnswer> {
    const request = new Request(url, {
      method,
      headers: { ...headers },
      ...(body !== undefined && { body }),
    });
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const { clients, place } = this.#run;
    const sign = signWith(place.region, clients.kinesis.config.credentials, service);
    const answer = await fetch(unsigned ? request : await sign(request), { signal });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: bytes.toString(isText(bytes) ? 'utf8' : 'base64'),
    };
  }
}

const isText = (bytes: Buffer): boolean => Buffer.from(bytes.toString('utf8')).equals(bytes);

export function told(error: unknown): SdkError {
  const { name, message } = error as Error;
  return { error: name, message };
}
