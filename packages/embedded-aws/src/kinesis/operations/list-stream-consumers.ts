import { required, structure } from '../../core/shapes/shape';
import { authorizedStream } from '../engine';
import { invalidArgument, streamNotFound } from '../errors';
import { nextToken, pageSize, streamArn, timestamp } from '../members';
import { operation } from '../operation';
import { openPage, sealPage } from '../wire/pages';
import { consumerView } from './consumer-view';

const PAGE = 100;

const input = structure({
  StreamARN: required(streamArn),
  NextToken: nextToken,
  MaxResults: pageSize,
  StreamCreationTimestamp: timestamp,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreamConsumers.html */
export const listStreamConsumers = operation('ListStreamConsumers', input, (request, call) => {
  const { now, engine, action } = call;
  const { NextToken: token, StreamCreationTimestamp: created } = request;
  const stream = authorizedStream(call, request);
  if (token !== undefined && created !== undefined) {
    throw invalidArgument('NextToken and StreamCreationTimestamp cannot be provided together.');
  }
  if (created !== undefined && Math.floor(created / 1000) !== Math.floor(stream.createdAt / 1000)) {
    throw streamNotFound(stream.name, stream.accountId);
  }
  const after = token === undefined ? '' : String(openPage(engine.sealer, action, token, now)[0]);
  const consumers = [...stream.consumers.values()]
    .filter(({ name }) => name > after)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = consumers.slice(0, request.MaxResults ?? PAGE);
  const more = consumers.length > page.length;
  return {
    Consumers: page.map((consumer) => consumerView(consumer, now)),
    ...(more && { NextToken: sealPage(engine.sealer, action, [page.at(-1)?.name ?? ''], now) }),
  };
});
