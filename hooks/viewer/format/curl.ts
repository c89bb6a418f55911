import { toBase64 } from './base64';
import { textOf } from './content';
import { escapeUnseen } from './printable';
import type { StreamRecord } from './record';

/** How the stage's API is called. */
export interface ApiAccess {
  /** Undefined while the stage is not deployed: the commands then say `$API`. */
  readonly invokeUrl?: string;
  /** The stage's parameter `authorization`: AWS_IAM, API_KEY or NONE. */
  readonly authorization: string;
  readonly region: string;
  /** Method and path of the endpoints that the commands call. */
  readonly routes: Readonly<Record<CalledEndpoint, Route>>;
}

export type CalledEndpoint = 'PutRecord' | 'GetShardIterator' | 'GetRecords';

interface Route {
  readonly method: string;
  /** With `{stream-name}` in it. */
  readonly path: string;
}

/** The command that puts the same bytes with the same key into the stream again, by the API. */
export function curlToPut(access: ApiAccess, stream: string, record: StreamRecord): string {
  const text = textOf(record.data);
  // As a JSON string the API stores the very bytes of the text; JSON it might space otherwise.
  const [type, data] =
    text === undefined
      ? ['application/x-amz-json-1.1', toBase64(record.data)]
      : ['application/json', text];
  const body = JSON.stringify({ Data: data, PartitionKey: record.partitionKey });
  return [
    `curl -X ${access.routes.PutRecord.method} ${apiUrl(access, pathOf(access, 'PutRecord', stream))}`,
    ...credentials(access),
    `-H 'content-type: ${type}'`,
    `--data-raw ${quoted(escapeUnseen(body))}`,
  ].join(' \\\n  ');
}

/** The commands that read the record by the API: an iterator at it, then one record. */
export function curlToRead(access: ApiAccess, stream: string, record: StreamRecord): string {
  const query = new URLSearchParams({
    'shard-id': record.shardId,
    'shard-iterator-type': 'AT_SEQUENCE_NUMBER',
    'starting-sequence-number': record.sequenceNumber,
  });
  const options = credentials(access);
  const iterator = [
    `curl -sS ${apiUrl(access, `${pathOf(access, 'GetShardIterator', stream)}?${query}`)}`,
    ...options,
  ];
  const read = [
    `curl -sS ${apiUrl(access, `${pathOf(access, 'GetRecords', stream)}?limit=1`)}`,
    ...options,
    '-H "Shard-Iterator: $ITERATOR"',
  ];
  return [
    `ITERATOR=$(${iterator.join(' \\\n  ')} | sed 's/.*"ShardIterator" *: *"\\([^"]*\\)".*/\\1/')`,
    read.join(' \\\n  '),
  ].join('\n');
}

function pathOf({ routes }: ApiAccess, id: CalledEndpoint, stream: string): string {
  return routes[id].path.replace('{stream-name}', encodeURIComponent(stream));
}

function apiUrl({ invokeUrl }: ApiAccess, path: string): string {
  return invokeUrl === undefined ? `"$API"${quoted(path)}` : quoted(`${invokeUrl}${path}`);
}

function credentials({ authorization, region }: ApiAccess): string[] {
  switch (authorization) {
    case 'NONE':
      return [];
    case 'API_KEY':
      return ['-H "x-api-key: $API_KEY"'];
    default:
      return [
        `--aws-sigv4 ${quoted(`aws:amz:${region}:execute-api`)}`,
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
        '-H "x-amz-security-token: $AWS_SESSION_TOKEN"',
      ];
  }
}

/** One word of a POSIX shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
