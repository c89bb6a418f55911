import { toBase64 } from './base64';
import { textOf } from './content';
import { type ApiAccess, curlCommand, shellQuoted } from './curl';
import { escapeUnseen } from './printable';
import type { StreamRecord } from './record';

/** The paths of the endpoints that put and read one record, with `{stream-name}` in place of a name. */
export interface RecordPaths {
  readonly put: string;
  readonly iterator: string;
  readonly read: string;
}

/** How records are put and read by the stage's API. */
export interface RecordAccess extends ApiAccess {
  readonly paths: RecordPaths;
}

const CONTINUED = ' \\\n  ';

/** The command that puts the same bytes with the same key into the stream again, by the API. */
export function curlToPut(access: RecordAccess, stream: string, record: StreamRecord): string {
  const text = textOf(record.data);
  // The API stores the exact bytes of a JSON string; it may change the spacing of other JSON.
  const [type, data] =
    text === undefined
      ? ['application/x-amz-json-1.1', toBase64(record.data)]
      : ['application/json', text];
  return curlCommand({
    method: 'PUT',
    url: urlWord(access, access.paths.put, stream),
    access,
    headers: { 'content-type': type },
    body: escapeUnseen(
      JSON.stringify({
        Data: data,
        PartitionKey: record.partitionKey,
        ExplicitHashKey: record.aggregate?.explicitHashKey,
      }),
    ),
  }).join(CONTINUED);
}

/** The commands that read the record by the API: one gets an iterator, the next one record. */
export function curlToRead(access: RecordAccess, stream: string, record: StreamRecord): string {
  const query = new URLSearchParams({
    'shard-id': record.shardId,
    'shard-iterator-type': 'AT_SEQUENCE_NUMBER',
    'starting-sequence-number': record.sequenceNumber,
  });
  const { paths, authorization, readAuthorization = authorization } = access;
  const reader = { ...access, authorization: readAuthorization };
  const get = (path: string, search: string) =>
    curlCommand({ flags: ['-sS'], url: urlWord(access, path, stream, search), access: reader });
  const iterator = get(paths.iterator, `?${query}`).join(CONTINUED);
  const read = [...get(paths.read, '?limit=1'), '-H "Shard-Iterator: $ITERATOR"'].join(CONTINUED);
  return `ITERATOR=$(${iterator} | sed 's/.*"ShardIterator" *: *"\\([^"]*\\)".*/\\1/')\n${read}`;
}

/** The commands for a stage that is not deployed expect its URL in `$API`. */
function urlWord({ invokeUrl }: ApiAccess, path: string, stream: string, search = ''): string {
  const target = path.replace('{stream-name}', encodeURIComponent(stream)) + search;
  return invokeUrl === undefined
    ? `"$API"${shellQuoted(target)}`
    : shellQuoted(`${invokeUrl}${target}`);
}
