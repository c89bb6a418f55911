import { endpointOf } from '../resources/endpoints';
import { FAULT_CLASSES, type Fault, type FaultClass, isEventPath } from '../test/faults/fault';
import { faults } from '../test/faults/rows';

const classes = Object.keys(FAULT_CLASSES) as FaultClass[];

/** Notes on a class of faults, printed with its rows. */
const NOTES: Partial<Record<FaultClass, string>> = {
  request: 'Pasted means that a client can end the value and add members of its own.',
  field:
    'Derived from the templates themselves: every field of every request template, one at a time.',
  checkout:
    'Faults that no request shows while Kinesis is healthy: here the stack is compared with what the checkout declares.',
  console:
    'Done with AWS\'s own operations on a sound stage, to each kind of resource in the stack. That every property of each is compared is shown by [a separate test](../test/hooks/drift/drift.test.ts). "Not deployed" means that the stage serves the previous state until somebody deploys the API.',
  kafka:
    "Here the stage sends requests without a route of their own to a Kafka REST proxy (`kafkaRestUrl`): Confluent's, as documented, and Karapace. The verifier reaches both directly as well; [a test](../test/hooks/verify/checks/kafka.test.ts) tries the same where it does not.",
  kinesis: 'Here the stage is sound, and Kinesis behind it is not.',
  network: 'Here stage and Kinesis are sound, and the network in between is not.',
};

const introduction = () => `<!-- Written by npm run generate from test/faults -->
# Fault matrix

${faults.length} faults, planted one at a time in a stage of its own on the embedded AWS. The verifier must see each one, its report must name what is broken, and no check may blame something sound. A test runs all of them: [fault-matrix](../test/end-to-end/fault-matrix.test.ts). Its counterpart, [healthy](../test/end-to-end/healthy.test.ts), verifies sound stages in every mode, one of them 50 times in a row; no check may fail.

A fault in a template or a declaration is deployed as if the repository had it like that, so no comparison can reveal it, only the API's behaviour. "Caught by" lists the checks that must fail; others of the same route may. \`npx serverless verify --list\` says what each one examines.

${markdownTable(
  ['class', 'faults'],
  [
    ...classes.map((name) => [FAULT_CLASSES[name], String(ofClass(name).length)]),
    ['all', String(faults.length)],
  ],
)}`;

const UNSEEN = `## What the verifier cannot see

- Answers that a healthy Kinesis cannot be made to give: 429, 500 and 503 of one request, KMS's errors, and with them \`Retry-After\` and the gateway's own 5XX. That they are as the checkout declares is checked (above); that the checkout is right about them is shown by [its own tests](../test/templates/errors.test.ts).
- 207, where Kinesis takes more than a shard's one MiB in a second, as emulators do.
- The mapping of \`Content-Type\` to Kinesis: API Gateway calls Kinesis without it as well.
- A stream name that is pasted and not encoded: API Gateway passes the path on percent-encoded, so quotes never arrive that way. An apostrophe does, and is seen; so is a name that is cut or changed.
- Query parameters that a method does not declare: templates can read them anyway.
- An integration without a role, or with the URI of another service than Kinesis: the embedded AWS refuses to deploy either.
- Which streams \`GetRecords\` may read: the stream is in the iterator, and one outside the pattern gives none. The role's policy is compared.
- Faults without an effect: a text that Kinesis refuses in any case may be refused in other words.
- What else the Kafka REST proxy receives: an API key that is passed on shows in no answer. That the stack withholds it is compared with the checkout.
- A stage's own cache and canary releases, which the embedded AWS does not have. A cache in front of the API stands in for the former; the settings of both are compared.
`;

/** The whole of docs/fault-matrix.md. */
export function faultMatrixDocument(): string {
  return [introduction(), ...classes.map(chapter), UNSEEN].join('\n');
}

const ofClass = (name: FaultClass) => faults.filter((fault) => fault.class === name);

function chapter(name: FaultClass): string {
  const note = NOTES[name];
  return [
    `## ${FAULT_CLASSES[name]}`,
    ...(note === undefined ? [] : [note]),
    markdownTable(
      ['what is broken', 'named', 'caught by'],
      ofClass(name).map((fault) => [
        fault.broken,
        named(fault),
        fault.caughtBy.map((check) => `\`${check}\``).join(', '),
      ]),
    ),
  ].join('\n\n');
}

function named({ blames }: Fault): string {
  if (typeof blames !== 'string') return `"${blames.says}"`;
  if (isEventPath(blames)) return `\`${blames}\``;
  const { method, path: route } = endpointOf(blames);
  return `${method} ${route}`;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
    .concat('\n');
}
