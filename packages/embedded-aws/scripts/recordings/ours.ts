import { type AwsOptions, createAws } from '../../src/aws';
import { answeredBy } from '../../src/in-process';
import type { Service, ServiceName } from './models';
import { SDKS } from './models';
import { Tally } from './tally';

/** An error that the embedded AWS answered. */
export interface OwnError {
  readonly code: string;
  readonly status: number;
  readonly type: string | undefined;
}

type Sdk = (typeof SDKS)[ServiceName];

interface Client {
  send(command: object): Promise<object>;
}

interface Failure extends Error {
  /** The code as the wire has it, where the client's name of the error is another. */
  readonly Code?: string;
  readonly Type?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** An answer's members; those of an error are `error`, its code, and `message`. */
export type Answer = Readonly<Record<string, unknown>>;

/**
 * The embedded AWS in this process, called through AWS's clients. Every answer is counted; errors are
 * answers too.
 */
export class Account {
  readonly tally = new Tally();
  readonly errors: OwnError[] = [];
  /** The members of all inputs, in lower case: `kinesis.streamname`. */
  readonly asked = new Set<string>();
  readonly #clients = new Map<ServiceName, Client>();
  readonly #services: readonly Service[];
  readonly #aws: ReturnType<typeof createAws>;

  constructor(services: readonly Service[], options: AwsOptions = {}) {
    this.#services = services;
    this.#aws = createAws(options);
  }

  /**
   * Calls an operation.
   * @returns its answer, or that of the error
   */
  async call(service: ServiceName, operation: string, input: object = {}): Promise<Answer> {
    const Command = (SDKS[service] as Readonly<Record<string, unknown>>)[
      `${operation}Command`
    ] as new (
      input: object,
    ) => object;
    for (const name of memberNames(input)) this.asked.add(`${service}.${name.toLowerCase()}`);
    try {
      const { $metadata: _, ...answer } = (await this.#client(service).send(
        new Command(input),
      )) as Record<string, unknown>;
      const output = this.#services.find(({ name }) => name === service)?.outputs[operation];
      if (output !== undefined) this.tally.add(output, answer);
      return answer;
    } catch (error) {
      const { name, message, Code: code = name, Type: type, $metadata } = error as Failure;
      if ($metadata?.httpStatusCode === undefined) throw error;
      this.errors.push({ code, status: $metadata.httpStatusCode, type });
      return { error: code, message };
    }
  }

  /** Counts a value that came otherwise than as an answer: an event of a stream. */
  count(structure: string, value: unknown): void {
    for (const { structures } of this.#services) {
      const found = [...structures.values()].find(({ name }) => name === structure);
      if (found !== undefined) this.tally.add(found, value);
    }
  }

  #client(service: ServiceName): Client {
    const known = this.#clients.get(service);
    if (known !== undefined) return known;
    const sdk: Sdk = SDKS[service];
    const [, Client] =
      Object.entries(sdk).find(
        ([name]) => /^[A-Z]\w*Client$/.test(name) && !name.startsWith('__'),
      ) ?? [];
    const client = new (Client as unknown as new (config: object) => Client)({
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:4566',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
      disableHostPrefix: true,
      forcePathStyle: true,
      requestHandler: answeredBy((request) => this.#aws.handle(request)),
    });
    this.#clients.set(service, client);
    return client;
  }
}

function memberNames(input: object): readonly string[] {
  return Object.entries(input).flatMap(([name, value]) => [
    name,
    ...(typeof value === 'object' && value !== null && !Buffer.isBuffer(value)
      ? memberNames(value)
      : []),
  ]);
}
