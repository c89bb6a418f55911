import { Readable } from 'node:stream';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import type { EndpointId } from '../../../resources/endpoints';
import type { Sign } from '../exchange';
import { errorIn } from './accept';
import type { DescribedDoor } from './described';
import { NotDescribed } from './door';

type Members = Readonly<Record<string, unknown>>;

/** A request of the client, on its way out. */
interface SdkRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer of Kinesis, as its own clients read it. */
interface KinesisAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * A client of Kinesis for users without AWS credentials: its commands go through the door, as far as
 * the door's routes allow. Other commands fail as `NotDescribed`.
 * @param stream that commands are about where they do not say
 */
export function kinesisThrough(
  door: DescribedDoor,
  invokeUrl: string,
  sign: Sign,
  { region, stream }: { readonly region: string; readonly stream: string },
): KinesisClient {
  const call = async (id: EndpointId, members: Members): Promise<KinesisAnswer> => {
    if (!door.takes(id)) {
      throw new NotDescribed(`the shell has no AWS credentials, and the routes no ${id}`);
    }
    const { StreamName = stream, ...body } = members;
    const asked = { stream: String(StreamName), query: textsOf(body) };
    const { path, method, headers, anonymous, ...sent } = door.request(id, asked);
    const request = new Request(invokeUrl + path, {
      method,
      ...(headers && { headers }),
      ...(typeof sent.body === 'string' && { body: sent.body }),
    });
    const answer = await fetch(anonymous ? request : await sign(request));
    const text = await answer.text();
    const error = errorIn({ body: text });
    if (error !== undefined) return refusal(error.code, error.message);
    if (answer.status === 404) return refusal('ResourceNotFoundException', text);
    if (!answer.ok) return refusal('ValidationException', `${answer.status} ${text}`);
    return { status: 200, body: text === '' ? {} : JSON.parse(text) };
  };

  const actions: Readonly<Record<string, (members: Members) => Promise<KinesisAnswer>>> = {
    CreateStream: (members) => call('CreateStream', { StreamName: members.StreamName }),
    DeleteStream: (members) => call('DeleteStream', { StreamName: members.StreamName }),
    DescribeStreamSummary: async (members) => {
      const answer = await call('DescribeStream', members);
      if (answer.status !== 200) return answer;
      const { StreamDescription: described } = answer.body as { StreamDescription?: Members };
      const { Shards: shards = [] } = (described ?? {}) as { Shards?: unknown[] };
      const StreamDescriptionSummary = { ...described, OpenShardCount: shards.length };
      return { status: 200, body: { StreamDescriptionSummary } };
    },
    ListShards: async (members) => {
      if (door.takes('ListShards')) return call('ListShards', members);
      const answer = await call('DescribeStream', members);
      if (answer.status !== 200) return answer;
      const { StreamDescription: described } = answer.body as { StreamDescription?: Members };
      return { status: 200, body: { Shards: described?.Shards ?? [] } };
    },
    GetShardIterator: ({ ShardIteratorType: type, ...members }) => {
      const isDefault =
        type === 'TRIM_HORIZON' && !door.takes('GetShardIterator', 'ShardIteratorType');
      return call('GetShardIterator', {
        ...members,
        ...(!isDefault && { ShardIteratorType: type }),
      });
    },
    GetRecords: (members) => call('GetRecords', members),
    // No route can do it. Without the tag, the stream's name says whose it is.
    AddTagsToStream: async () => ({ status: 200, body: {} }),
  };

  return new KinesisClient({
    region,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
    requestHandler: {
      async handle({ headers, body }: SdkRequest) {
        const action = headers['x-amz-target']?.split('.').at(-1) ?? '';
        const act = actions[action];
        if (act === undefined) throw new NotDescribed(`no route stands for ${action}`);
        const answer = await act(JSON.parse(Buffer.from(body).toString()));
        return {
          response: {
            statusCode: answer.status,
            headers: { 'content-type': 'application/x-amz-json-1.1' },
            body: Readable.from([Buffer.from(JSON.stringify(answer.body))]),
          },
        };
      },
    } as never,
  });
}

const refusal = (code: string, message: string): KinesisAnswer => ({
  status: 400,
  body: { __type: code, message },
});

/** Members as a query has them: the door puts each where its route takes it. */
function textsOf(members: Members): Record<string, string> {
  const texts = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]));
}
