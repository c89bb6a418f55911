import { structure } from '../../core/shapes/shape';
import { ownAccount } from '../engine';
import { invalidArgument } from '../errors';
import { nextToken, pageSize, streamName } from '../members';
import { operation } from '../operation';
import { openPage, sealPage } from '../wire/pages';
import { wholeSecond } from '../wire/values';

/** Default and maximum page size; larger limits are reduced to it. */
const PAGE = 100;

const input = structure({
  Limit: pageSize,
  ExclusiveStartStreamName: streamName,
  NextToken: nextToken,
});

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ListStreams.html */
export const listStreams = operation('ListStreams', input, (request, call) => {
  const { engine, now } = call;
  call.caller.authorize('kinesis:ListStreams', '*');
  const { NextToken: token, ExclusiveStartStreamName: start } = request;
  if (token !== undefined && start !== undefined) {
    throw invalidArgument('NextToken and ExclusiveStartStreamName cannot be provided together.');
  }
  const after =
    token === undefined
      ? (start ?? '')
      : String(openPage(engine.sealer, 'ListStreams', token, now)[0]);

  const streams = ownAccount(call)
    .list(now)
    .filter(({ name }) => name > after);
  const page = streams.slice(0, Math.min(request.Limit ?? PAGE, PAGE));
  const more = streams.length > page.length;
  const last = page.at(-1)?.name ?? after;
  return {
    StreamNames: page.map(({ name }) => name),
    HasMoreStreams: more,
    ...(more && { NextToken: sealPage(engine.sealer, 'ListStreams', [last], now) }),
    StreamSummaries: page.map((stream) => ({
      StreamName: stream.name,
      StreamARN: stream.arn,
      StreamStatus: stream.status,
      StreamModeDetails: { StreamMode: stream.mode },
      StreamCreationTimestamp: wholeSecond(stream.createdAt),
    })),
  };
});
