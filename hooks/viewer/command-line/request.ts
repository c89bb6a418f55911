import { HookError, type Options } from '../../framework';
import { parsePosition } from '../reader/position';
import { FORMATS, type Format, type Request } from './print-records';

/** Options of `serverless records`. */
export interface RecordsOptions extends Options {
  readonly stream?: string;
  readonly shard?: string;
  readonly from?: string;
  readonly limit?: string;
  readonly follow?: boolean;
  readonly 'test-records'?: boolean;
  readonly filter?: string;
  readonly key?: string;
  readonly format?: string;
  readonly replay?: string;
  readonly speed?: string;
  readonly 'allow-protected'?: boolean;
}

/**
 * The request that the options of the command line describe.
 * @param isTerminal true if the output goes to a terminal
 * @throws HookError for an option that makes no sense
 */
export function requestOf(
  options: RecordsOptions & { readonly stream: string },
  isTerminal: boolean,
): Request {
  return {
    plan: {
      stream: options.stream,
      shard: options.shard === undefined ? 'all' : shardIdOf(options.shard),
      position: parsePosition(options.from ?? 'trim-horizon'),
      testRecords: options['test-records'] === true,
    },
    filter: {
      ...(options.filter !== undefined && { text: options.filter }),
      ...(options.key !== undefined && { key: options.key }),
    },
    limit: limitOf(options.limit),
    follow: options.follow === true,
    format: formatOf(options.format, isTerminal),
  };
}

/** A shard's id, or its number alone: `3` is `shardId-000000000003`. */
function shardIdOf(text: string): string {
  return /^\d{1,12}$/.test(text) ? `shardId-${text.padStart(12, '0')}` : text;
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,11}$/.test(text)) return Number(text);
  throw new HookError('LIMIT_INVALID', `--limit takes a number of records, not '${text}'.`);
}

function formatOf(text: string | undefined, isTerminal: boolean): Format {
  if (text === undefined) return isTerminal ? 'table' : 'json';
  const format = FORMATS.find((name) => name === text);
  if (format !== undefined) return format;
  throw new HookError('FORMAT_INVALID', `--format takes ${FORMATS.join(' or ')}, not '${text}'.`);
}
