import { unsupported } from '../../../core/errors';
import { parseJson } from '../../../core/parse-json';
import { invalidParameter } from '../../errors';
import { PatternError } from './conditions';
import { compilePattern, type Matches } from './pattern';

/** True for a record whose data one of a mapping's filters matches. */
export type Filter = (data: Buffer) => boolean;

/**
 * Compiles a mapping's filters. They look at a record's data as JSON; data that is none, or a
 * lone text or number, matches no filter.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html
 * @returns undefined without filters
 * @throws AwsError InvalidParameterValueException for a pattern that is not one
 */
export function compileFilters(patterns: readonly string[]): Filter | undefined {
  if (patterns.length === 0) return undefined;
  const filters = patterns.map(compileFilter);
  return (data) => {
    const value = jsonOf(data);
    return (
      typeof value === 'object' &&
      value !== null &&
      filters.some((matches) => matches({ data: value }))
    );
  };
}

function compileFilter(text: string): Matches {
  try {
    const pattern = parseJson(text);
    for (const name of namesIn(pattern)) {
      if (name !== 'data') {
        throw unsupported(
          `filters on ${name}: those of Kinesis look at the key data only, as Lambda documents`,
        );
      }
    }
    return compilePattern(pattern);
  } catch (cause) {
    if (!(cause instanceof PatternError || cause instanceof SyntaxError)) throw cause;
    throw invalidParameter('Invalid filter pattern definition.', cause);
  }
}

/** The keys that a pattern looks at, `$or` looked through. */
function namesIn(pattern: unknown): string[] {
  if (typeof pattern !== 'object' || pattern === null) return [];
  return Object.entries(pattern).flatMap(([name, value]) => {
    if (name === '$or' && Array.isArray(value)) return value.flatMap(namesIn);
    // A list would compare the data as a text: only objects are documented.
    if (name === 'data' && Array.isArray(value)) throw new PatternError('data is an object');
    return [name];
  });
}

function jsonOf(data: Buffer): unknown {
  try {
    return parseJson(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
