import { type EndpointId, endpointOf, endpoints } from '../../../resources/endpoints';
import { goodRequest } from '../../../resources/endpoints/shared/good-request';
import type { Ask } from '../ask';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { errorIn } from '../doors/accept';
import type { DescribedDoor } from '../doors/described';
import { NotDescribed } from '../doors/door';
import type { Exchange } from '../exchange';
import { outsideOf } from '../outside-names';
import { ofEndpoint, ofStage } from './define';
import { plainKey, write } from './kinds';

type Writer = 'PutRecord' | 'PutRecords';

const FOREIGN = 'https://verify-foreign.example';

/** Openings that a door leaves: who may call, for which streams, with which bodies, from which pages. */
export function leftOpenChecks(door: DescribedDoor): Readonly<Record<string, Check>> {
  return {
    ...Object.fromEntries(endpoints.map(({ id }) => [`${id}Closed`, closed(door, id)])),

    OpenToAll: ofStage({
      title: 'Who may write, and who may delete',
      writes: true,
      requires: ['stream'],
      async run(context) {
        if (isOpen(door, writerOf(door))) {
          const { answer } = await write(
            context,
            writerOf(door),
            'x',
            plainKey(context, writerOf(door)),
          );
          context.leftOpen('anybody can write: neither a signature nor a key is asked for', answer);
        }
        if (isOpen(door, 'DeleteStream')) {
          const answer = await reach(context, 'DeleteStream', `${context.stream}-none`.slice(-128));
          context.leftOpen(
            'anybody can delete streams: neither a signature nor a key is asked for',
            answer,
          );
        }
        return {};
      },
    }),

    Passthrough: ofStage({
      title: 'A body of another content type does not reach Kinesis as it is',
      writes: true,
      requires: ['stream'],
      async run(context) {
        const other = `${context.stream.slice(0, 120)}-other`;
        const id = writerOf(door);
        const record = { Data: 'eA==', PartitionKey: 'x' };
        const body = id === 'PutRecord' ? record : { Records: [record] };
        const answer = await send(context, id, {
          body: JSON.stringify({ StreamName: other, ...body }),
          contentType: 'text/plain',
        });
        if (!answer.body.includes(other) && !answer.body.includes('SequenceNumber')) return {};
        throw new CheckFailure(
          'a body of the type text/plain reaches Kinesis as it is: the client names the stream',
          answer,
          { fault: 'opens' },
        );
      },
    }),

    StreamsReached: ofStage({
      title: 'Which streams are reached',
      async run(context) {
        const { streams = '*' } = door.routes;
        const stream = outsideOf(streams, context.stream) ?? `other-${context.stream.slice(-24)}`;
        const answer = await reach(context, readerOf(door), stream);
        if (/AccessDenied/.test(answer.body)) return {};
        const isReached = /ResourceNotFound/.test(answer.body) || answer.status === 404;
        if (!isReached) {
          context.note('the answer does not say whether the stream was looked for');
        } else if (streams === '*') {
          context.leftOpen('its role reaches any stream: the client chooses', answer);
        } else {
          const message = `the stream ${stream} is reached, though it is not of ${streams}`;
          throw new CheckFailure(message, answer, { fault: 'opens' });
        }
        return {};
      },
    }),

    ForeignPages: ofStage({
      title: 'Which web pages may read answers',
      writes: true,
      requires: ['stream'],
      async run(context) {
        const id = writerOf(door);
        // Without an origin first: one that is sent may be refused before the API has a say.
        for (const origin of [undefined, FOREIGN]) {
          const given = { ...goodRequest(endpointOf(id)), ...(origin && { origin }) };
          const answer = await send(context, id, given);
          const allowed = answer.headers['access-control-allow-origin'];
          if (allowed !== '*' && allowed !== FOREIGN) continue;
          const text = `pages of every origin can read answers (access-control-allow-origin: ${allowed})`;
          context.leftOpen(text, answer);
          break;
        }
        return {};
      },
    }),
  };
}

/** @throws NotDescribed */
function writerOf(door: DescribedDoor): Writer {
  const id = (['PutRecord', 'PutRecords'] as const).find((each) => door.takes(each));
  if (id === undefined) throw new NotDescribed('neither PutRecord nor PutRecords is described');
  return id;
}

/** An endpoint that names a stream and changes nothing, if there is one. */
function readerOf(door: DescribedDoor): EndpointId {
  const ids = [
    'DescribeStream',
    'ListShards',
    'GetShardIterator',
    'PutRecord',
    'PutRecords',
  ] as const;
  const id = ids.find((each) => door.takes(each, 'StreamName') && !door.isOfOneStream(each));
  if (id === undefined) throw new NotDescribed('the stream is fixed in every route');
  return id;
}

const isOpen = (door: DescribedDoor, id: EndpointId): boolean => {
  const route = door.route(id);
  return route !== undefined && door.authorization(route) === 'none';
};

/** Sends a request and takes the answer as it is. */
function send(
  context: CheckContext,
  id: EndpointId,
  { origin, ...given }: Ask & { readonly origin?: string },
): Promise<Exchange> {
  const request = context.door.request(id, { stream: context.stream, ...given });
  const headers = { ...request.headers, ...(origin !== undefined && { origin }) };
  return context.api.send({ ...request, headers });
}

const reach = (context: CheckContext, id: EndpointId, stream: string) =>
  send(context, id, { ...goodRequest(endpointOf(id)), stream });

/** A closed route answers 401 or 403 before it asks Kinesis, which answers with a code of its own. */
function closed(door: DescribedDoor, id: EndpointId): Check {
  // Of a route with one stream, a record is written if it is open.
  const writes = door.isOfOneStream(id);
  return ofEndpoint(id, {
    title: 'rejects a request without a signature or key',
    writes,
    requires: writes ? ['stream'] : [],
    skipReason: () => (isOpen(door, id) ? 'open, as described' : undefined),
    async run(context) {
      // No stream can have this name, so that nothing is created or deleted if the door is open.
      const stream = writes ? context.stream : `${context.stream},x`;
      const request = { ...goodRequest(endpointOf(id)), anonymous: true, stream };
      const answer = await send(context, id, request);
      if (answer.status === 401 || answer.status === 403) return {};
      const { code } = errorIn(answer) ?? {};
      throw new CheckFailure(
        `it is open to anybody (${answer.status}${code ? `, Kinesis says ${code}` : ''})`,
        answer,
        { fault: 'opens' },
      );
    },
  });
}
