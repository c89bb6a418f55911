import { structure } from '../../core/shapes/shape';
import { ownAccount } from '../engine';
import { invalidArgument } from '../errors';
import { nextToken, pageSize, streamName } from '../members';
import { operation } from '../operation';
import type { Stream } from '../streams/stream';
import { openPage, sealPage } from '../wire/pages';
import { PreparedOutput, wholeSecond } from '../wire/values';

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

  const most = Math.min(request.Limit ?? PAGE, PAGE);
  const streams = ownAccount(call).listAfter(after, most + 1, now);
  const page = streams.slice(0, most);
  const last = page.at(-1)?.name ?? after;
  return new StreamPage(
    page,
    streams.length > most ? sealPage(engine.sealer, 'ListStreams', [last], now) : undefined,
  );
});

/** Exported for the types of what is built: a class that has no name there may have no private members. */
export class StreamPage extends PreparedOutput {
  readonly StreamNames: readonly string[];
  readonly HasMoreStreams: boolean;
  readonly NextToken: string | undefined;
  readonly StreamSummaries: readonly Summary['view'][];
  readonly #texts: readonly string[];

  constructor(streams: readonly Stream[], nextToken: string | undefined) {
    super();
    const summaries = streams.map(summaryOf);
    this.StreamNames = streams.map(({ name }) => name);
    this.HasMoreStreams = nextToken !== undefined;
    this.NextToken = nextToken;
    this.StreamSummaries = summaries.map(({ view }) => view);
    this.#texts = summaries.map(({ text }) => text);
  }

  toText(): string {
    const { StreamNames, HasMoreStreams, NextToken } = this;
    const others = JSON.stringify({ StreamNames, HasMoreStreams, NextToken });
    return `${others.slice(0, -1)},"StreamSummaries":[${this.#texts.join(',')}]}`;
  }
}

interface Summary {
  readonly view: ReturnType<typeof summaryView>;
  readonly text: string;
}

const summaries = new WeakMap<Stream, Summary>();

/** A stream's summary, made again when one of the members that change has. */
function summaryOf(stream: Stream): Summary {
  const known = summaries.get(stream);
  if (
    known?.view.StreamStatus === stream.status &&
    known.view.StreamModeDetails.StreamMode === stream.mode
  ) {
    return known;
  }
  const view = summaryView(stream);
  const summary = { view, text: JSON.stringify(view) };
  summaries.set(stream, summary);
  return summary;
}

const summaryView = ({ name, arn, status, mode, createdAt }: Stream) => ({
  StreamName: name,
  StreamARN: arn,
  StreamStatus: status,
  StreamModeDetails: { StreamMode: mode },
  StreamCreationTimestamp: wholeSecond(createdAt),
});
