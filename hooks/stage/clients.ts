import { setMaxListeners } from 'node:events';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Serverless } from '../framework';
import { type PatienceOptions, patient } from './patient';
import { isLoopback, Rates, SHARED, UNSHARED } from './rates';

/** The clients that a verification works with. */
export interface Clients {
  readonly kinesis: KinesisClient;
  readonly apiGateway: APIGatewayClient;
  readonly iam: IAMClient;
}

/** As reports name the services; without the vital ones nothing can be verified. */
const SERVICES = {
  kinesis: { service: 'Kinesis', isVital: true },
  apiGateway: { service: "API Gateway's own API", isVital: false },
  iam: { service: 'IAM', isVital: false },
} as const satisfies Record<keyof Clients, Pick<PatienceOptions, 'service' | 'isVital'>>;

/** The same clients with a time limit for every command, each in its turn where there are rates. */
export function patientClients<Given extends Partial<Clients>>(
  clients: Given,
  { rates, ...options }: Omit<PatienceOptions, 'service' | 'isVital' | 'turn'> & { rates?: Rates },
): Given {
  const entries = Object.entries(clients).map(([key, client]) => {
    const name = key as keyof Clients;
    const turn = rates && ((command: object) => rates.command(name, command));
    const patience = { ...options, ...SERVICES[name], ...(turn && { turn }) };
    return [name, patient(client as KinesisClient, patience)];
  });
  return Object.fromEntries(entries);
}

const never = new AbortController();
setMaxListeners(0, never.signal);

/** The patience of commands outside a run, which no signal ends. */
export const unhurried = { signal: never.signal, retryMs: 5_000, busyMs: 30_000 } as const;

/**
 * Lets something work with clients for the command's account and region, and closes them after it.
 * @throws Unasked when AWS cannot be called
 */
export async function withClients<T>(
  serverless: Serverless,
  act: (clients: Clients) => Promise<T>,
): Promise<T> {
  // All repetitions are the patience's.
  const config = { ...(await serverless.getProvider('aws').getAwsSdkV3Config()), maxAttempts: 1 };
  const clients = {
    kinesis: new KinesisClient(config),
    apiGateway: new APIGatewayClient(config),
    iam: new IAMClient(config),
  };
  try {
    const shares = isLoopback(process.env.AWS_ENDPOINT_URL ?? '') ? UNSHARED : SHARED;
    const rates = new Rates({ shares, signal: unhurried.signal });
    return await act(patientClients(clients, { ...unhurried, rates }));
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
