import { endpoints } from '../../resources/endpoints';
import { kafkaRoute } from '../../resources/kafka-route';
import { isPacked } from '../../resources/packed';
import { OWNERS_KEY } from './redirect';

/** A running stage, as `npm start` reports it. */
export interface Made {
  readonly invokeUrl: string;
  /** Of the embedded AWS. */
  readonly endpoint: string;
  /** The streams are in this one alone. */
  readonly region: string;
  /** The Kafka REST proxy behind `/{proxy+}`; empty without one. */
  readonly kafkaRestUrl?: string;
  /** The secret of the owner's access keys, where signatures are verified. */
  readonly secretAccessKey?: string | undefined;
  /** True if saved files are deployed at once. */
  readonly watch?: boolean;
}

/** The text that `npm start` prints when everything is ready. */
export function banner({
  invokeUrl,
  endpoint,
  region,
  kafkaRestUrl = '',
  secretAccessKey,
  watch = false,
}: Made): string {
  const credentials =
    secretAccessKey === undefined
      ? ['any credentials']
      : [
          `access key ${OWNERS_KEY}, secret ${secretAccessKey}`,
          `  Other terminals: export LOCAL_AWS_SECRET_ACCESS_KEY='${secretAccessKey}'`,
        ];
  const rows = [
    ...endpoints,
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
    `  AWS SDKs and tools: endpoint ${endpoint}, region ${region}, ${credentials.join('\n')}`,
    '',
    ...(watch
      ? [
          `Deploys again when ${isPacked ? 'a file of the service is' : 'serverless.ts, templates, resources or hooks are'} saved.`,
        ]
      : []),
    'Ctrl-C stops it.',
  ].join('\n');
}
