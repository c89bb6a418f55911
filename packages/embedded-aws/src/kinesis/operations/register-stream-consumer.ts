import { required, structure } from '../../core/shapes/shape';
import { authorizedStream, requireActive } from '../engine';
import { limitExceeded, resourceInUse } from '../errors';
import { consumerName, streamArn, tags } from '../members';
import { operation } from '../operation';
import { QUOTAS } from '../quotas';
import { Consumer } from '../streams/consumer';
import { checkTags } from '../tags';
import { consumerView } from './consumer-view';

const { consumersOfStream: MAX_CONSUMERS, creatingConsumers: MAX_CREATING } = QUOTAS;

const input = structure({
  StreamARN: required(streamArn),
  ConsumerName: required(consumerName),
  Tags: tags,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html */
export const registerStreamConsumer = operation(
  'RegisterStreamConsumer',
  input,
  (request, call) => {
    const { now, engine, caller } = call;
    const stream = authorizedStream(call, request);
    const name = request.ConsumerName;
    if (stream.consumers.has(name)) {
      throw resourceInUse(
        `Consumer ${name} under stream ${stream.name} and account ${stream.accountId} already ` +
          'exists.',
      );
    }
    requireActive(stream);
    if (request.Tags !== undefined) {
      const anyConsumer = `${stream.arn}/consumer/${name}:*`;
      caller.authorize('kinesis:TagResource', anyConsumer);
      checkTags(request.Tags, new Map(), `consumer ${name}`, caller);
    }
    const consumers = [...stream.consumers.values()];
    const creating = consumers.filter((other) => other.status(now) === 'CREATING').length;
    if (consumers.length >= MAX_CONSUMERS || creating >= MAX_CREATING) {
      throw limitExceeded(
        `Stream ${stream.name} under account ${stream.accountId} has ${consumers.length} ` +
          `consumers, ${creating} of them CREATING. Limits: ${MAX_CONSUMERS}, ${MAX_CREATING}.`,
      );
    }
    const consumer = new Consumer({
      name,
      streamArn: stream.arn,
      tags: request.Tags ?? new Map(),
      createdAt: now,
      activeAt: now + engine.options.createMs,
    });
    stream.consumers.set(name, consumer);
    return { Consumer: consumerView(consumer, now) };
  },
);
