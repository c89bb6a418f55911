import { endpoints } from '../../resources/endpoints';
import { kafkaRoute } from '../../resources/kafka-route';
import { isPacked } from '../../resources/packed';
import { curlCommand } from '../viewer/format/curl';
import { type EventsServed, eventCommands, eventRows } from './event-lines';
import { OWNERS_KEY } from './redirect';

/** A running stage, as `npm start` reports it. */
export interface Made extends EventsServed {
  /** Of the embedded AWS. */
  readonly endpoint: string;
  /** URLs by which other machines and containers reach it. */
  readonly openAt?: readonly string[];
  /** The Kafka REST proxy behind `/{proxy+}`; empty without one. */
  readonly kafkaRestUrl?: string;
  /** The secret of the owner's access keys, where signatures are verified. */
  readonly secretAccessKey?: string | undefined;
  /** True if saved files are deployed at once. */
  readonly watch?: boolean;
}

/** The text that `npm start` prints when everything is ready. */
export function banner(made: Made): string {
  const { invokeUrl, endpoint, region, kafkaRestUrl = '', secretAccessKey, watch = false } = made;
  const credentials =
    secretAccessKey === undefined
      ? ['any credentials']
      : [
          `access key ${OWNERS_KEY}, secret ${secretAccessKey}`,
          `  Other terminals: export LOCAL_AWS_SECRET_ACCESS_KEY='${secretAccessKey}'`,
        ];
  const rows = [
    ...endpoints,
    ...eventRows(made.streams),
    ...(kafkaRestUrl === '' ? [] : [{ ...kafkaRoute, action: kafkaRestUrl }]),
  ];
  return [
    '',
    `The API is ready at ${invokeUrl}`,
    '',
    ...tableOf(rows),
    '',
    `  ${listCommand(made)}`,
    ...eventCommands(made).map((command) => `  ${command}`),
    `  AWS SDKs and tools: endpoint ${endpoint}, region ${region}, ${credentials.join('\n')}`,
    ...openLines(made),
    '',
    ...(watch
      ? [
          `Deploys again when ${isPacked ? 'a file of the service is' : 'serverless.ts, streams.ts, schemas, templates, resources, hooks or functions are'} saved.`,
        ]
      : []),
    'Ctrl-C stops it.',
  ].join('\n');
}

/** How others call the API, where it is open to them. */
function openLines({ openAt = [], endpoint, invokeUrl, authorization }: Made): string[] {
  if (openAt.length === 0) return [];
  const urls = openAt.map((url) => invokeUrl.replace(endpoint, url)).join(', ');
  const access = authorization === 'NONE' ? ', without credentials' : '';
  return [`  Other machines and containers reach the API at ${urls}${access}`];
}

/** The lines of the banner that a new deployment changes: the event endpoints. */
export function eventsBanner(served: EventsServed): string {
  const rows = eventRows(served.streams);
  if (rows.length === 0) return 'It has no event endpoints now.';
  const commands = eventCommands(served).map((command) => `  ${command}`);
  return ['Event endpoints:', '', ...tableOf(rows), '', ...commands].join('\n');
}

/** Lists the streams, as the stage lets a reader in. */
function listCommand({ invokeUrl, region, authorization, ...made }: Made): string {
  const { readAuthorization = authorization, identitySource = '' } = made;
  const access = { authorization: readAuthorization, region, identitySource };
  return curlCommand({ url: `${invokeUrl}/streams`, access }).join(' ');
}

interface TableRow {
  readonly method: string;
  readonly path: string;
  readonly action: string;
}

function tableOf(rows: readonly TableRow[]): string[] {
  const method = Math.max(...rows.map((route) => route.method.length));
  const path = Math.max(...rows.map((route) => route.path.length));
  return rows.map(
    (route) => `  ${route.method.padEnd(method)}  ${route.path.padEnd(path)}  ${route.action}`,
  );
}
