import type { CheckName } from '../../../hooks/verify/checks';
import type { Action } from '../../../resources/routes';
import { templateFile } from '../../../resources/template-files';
import { ACTIONS, inKinesisRequest, inRequest } from '../damage';
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
  action: Action,
  template: string,
  inTemplate: typeof inRequest,
  kind: readonly [id: string, words: string],
): Fault[] =>
  fieldsOf(templateFile(template)).map(({ reference, from, to, what }) => ({
    id: `${action}-field-${kind[0]}${nameOf(reference)}`,
    class: 'field',
    broken: `${action}: ${nameOf(reference)}${kind[1]} ${what}`,
    blames: action,
    // What is told of a member that is nearly right, where Kinesis is sent no field.
    caughtBy: [`${action}${reference === '$refused' ? 'Near' : 'Sent'}` as CheckName],
    mayFail: 'any',
    template: inTemplate(action, from, to),
  }));

/** Those whose bodies have a template of their own for Kinesis's JSON. */
const WITH_BODY = ['CreateStream', 'PutRecord', 'PutRecords'] as const;

export const fieldFaults: readonly Fault[] = [
  ...ACTIONS.flatMap((action) => faultsOf(action, `${action}.request`, inRequest, ['', ''])),
  ...WITH_BODY.flatMap((action) =>
    faultsOf(action, `${action}.kinesis`, inKinesisRequest, ['kinesis-', " of Kinesis's own JSON"]),
  ),
];
