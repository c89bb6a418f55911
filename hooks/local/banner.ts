import { kafkaRoute } from '../../resources/kafka-route';
import { routes } from '../../resources/routes';

/** What `npm start` has made. */
export interface Made {
  readonly invokeUrl: string;
  /** Of the embedded AWS. */
  readonly endpoint: string;
  /** The streams are in this one alone. */
  readonly region: string;
  /** Of the Kafka REST proxy that gets the rest; empty where there is none. */
  readonly kafkaRestUrl?: string;
  /** Whether signatures are verified. */
  readonly strict?: boolean;
  /** Whether what is saved is deployed. */
  readonly watch?: boolean;
}

/** What `npm start` says when everything is ready. */
export function banner({
  invokeUrl,
  endpoint,
  region,
  kafkaRestUrl = '',
  strict = false,
  watch = false,
}: Made): string {
  const credentials = strict
    ? 'credentials whose secret is the access key itself, such as local and local'
    : 'any credentials';
  const rows = [
    ...routes,
    ...(kafkaRestUrl === '' ? [] : [{ ...kafkaRoute, action: kafkaRestUrl }]),
  ];
  const method = Math.max(...rows.map((route) => route.method.length));
  const path = Math.max(...rows.map((route) => route.path.length));
  const table = rows.map(
    (route) => `  ${route.method.padEnd(method)}  ${route.path.padEnd(path)}  ${route.action}`,
  );
  return [
    '',
    `The API is ready at ${invokeUrl}`,
    '',
    ...table,
    '',
    `  curl ${invokeUrl}/streams`,
    `  AWS SDKs and tools: endpoint ${endpoint}, region ${region}, ${credentials}`,
    '',
    ...(watch
      ? ['Deploys again when serverless.ts, templates, resources or hooks are saved.']
      : []),
    'Ctrl-C stops it.',
  ].join('\n');
}
