import type { CheckName } from '../../../hooks/verify/checks';
import { type EndpointId, endpoints } from '../../../resources/endpoints';
import { templateFile } from '../../../resources/template-files';
import { inKinesisRequest, inRequest } from '../damage';
import type { Fault } from '../fault';

// Every field of every request template, read from the templates themselves: each is cut, or is the same
// whatever was sent.

/** How templates encode a text, with the reference inside. */
const ENCODED = /\$util\.escapeJavaScript\((.+?)\)\.replaceAll\("\\\\'", "'"\)/g;
const PASSED_ON = /: (\$input\.json\('\$\.\w+'\))/g;

const CUT = `.replaceAll('^(.{20}).*$', '$1')`;

interface Field {
  readonly reference: string;
  /** The template's text, and what is put in its place. */
  readonly from: string;
  readonly to: string;
  readonly what: string;
}

function fieldsOf(text: string): Field[] {
  const encoded = [...text.matchAll(ENCODED)].map(([from, reference = '']) => {
    return { reference, from, to: from + CUT, what: 'is cut after 20 characters' };
  });
  const passedOn = [...text.matchAll(PASSED_ON)].map(([, from = '']) => {
    return { reference: from, from, to: '"x"', what: 'is always "x"' };
  });
  return [...new Map([...encoded, ...passedOn].map((field) => [field.reference, field])).values()];
}

/** `$input.params('shard-id')` and `$record.data` to `shard-id` and `data` */
const nameOf = (reference: string) => /([\w-]+)\W*$/.exec(reference)?.[1] ?? reference;

const faultsOf = (
  endpoint: EndpointId,
  template: string,
  inTemplate: typeof inRequest,
  kind: readonly [id: string, words: string],
): Fault[] =>
  fieldsOf(templateFile(template)).map(({ reference, from, to, what }) => ({
    id: `${endpoint}-field-${kind[0]}${nameOf(reference)}`,
    class: 'field',
    broken: `${endpoint}: ${nameOf(reference)}${kind[1]} ${what}`,
    blames: endpoint,
    // `$refused` is what the client is told of a member that nearly matches; it is no field for Kinesis.
    caughtBy: [`${endpoint}${reference === '$refused' ? 'Near' : 'Sent'}` as CheckName],
    mayFail: 'any',
    template: inTemplate(endpoint, from, to),
  }));

const templates = endpoints.map(({ id, requests }) => ({
  id,
  json: requests['application/json']?.template,
  kinesis: requests['application/x-amz-json-1.1']?.template,
}));

export const fieldFaults: readonly Fault[] = [
  ...templates.flatMap(({ id, json }) =>
    json === undefined ? [] : faultsOf(id, json, inRequest, ['', '']),
  ),
  // Only those that have a template of their own for Kinesis's JSON.
  ...templates.flatMap(({ id, json, kinesis }) =>
    kinesis === undefined || kinesis === json
      ? []
      : faultsOf(id, kinesis, inKinesisRequest, ['kinesis-', " of Kinesis's own JSON"]),
  ),
];
