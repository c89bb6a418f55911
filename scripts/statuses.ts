import { type EndpointId, endpointOf } from '../resources/endpoints';
import { type ErrorRow, errors, errorsOf } from '../resources/openapi/errors';
import { type ContractCase, titleOf } from '../test/contract/case';
import { cases } from '../test/contract/cases';
import {
  authorizerRefusals,
  keyRefusals,
  refusalTitle,
  tokenRefusals,
  unsignedRefusals,
} from '../test/contract/refusals';

const AUTHORIZATION = '[contract-authorization](../test/end-to-end/contract-authorization.test.ts)';
const CONTRACT = '[contract](../test/end-to-end/contract.test.ts)';

const INTRODUCTION = `<!-- Written by npm run generate from test/contract and resources/openapi/errors.ts -->
# Statuses

What each endpoint answers, when, and the test that shows it, by file and title. The tests run on the embedded AWS; those in which nothing has to go wrong also run against a stage, with \`npm run test:contract\`.

Success is 200 with Kinesis's own JSON. An error has a status of 400 or more and one envelope:

\`\`\`json
{"code": "ResourceNotFoundException", "message": "Stream nowhere under account 123456789012 not found.", "requestId": "bd9008e0-7853-4dff-92c0-6ea0ac6ffb67"}
\`\`\`

- \`code\` is Kinesis's own code, or the type of API Gateway's response.
- \`requestId\` is that of the header \`x-amzn-RequestId\`.
- 429 and 503 come with \`Retry-After\`, in seconds. What to send again, and how, is in [retries.md](retries.md).
- Every answer has the header \`X-Deployment-Id\`. Only 413 has neither that nor the envelope: API Gateway lets no API shape it. It is \`{"message":"Request Too Long"}\`, without CORS headers.
`;

interface Line {
  readonly status: number;
  readonly code: string;
  readonly when: string;
  readonly tests: readonly string[];
}

const refusals = Object.entries({
  ...unsignedRefusals,
  ...keyRefusals,
  ...tokenRefusals,
  ...authorizerRefusals,
});

/** The whole of docs/statuses.md. @throws Error for an error that no test shows */
export function statusesDocument(): string {
  return [
    INTRODUCTION,
    '## Every endpoint\n',
    'Callers who are not authorized, or who call too often, get these answers before anything else is checked.\n',
    table(refusalLines()),
    ...cases.flatMap(({ endpoint, cases: all }) => chapter(endpoint, all)),
  ].join('\n');
}

/** The gateway's own errors; codes that Kinesis returns too have their own lines below. */
function refusalLines(): Line[] {
  return errors
    .map(({ status, code, when }) => ({
      status,
      code,
      when,
      tests: refusals
        .filter(([, refusal]) => refusal.code === code)
        .map(([what, refusal]) => `${AUTHORIZATION} ${refusalTitle(refusal, what)}`),
    }))
    .filter(({ tests }) => tests.length > 0);
}

function chapter(endpoint: EndpointId, all: readonly ContractCase[]): string[] {
  const { method, path: route } = endpointOf(endpoint);
  return [
    `## ${method} ${route}\n`,
    `${endpoint}\n`,
    table([...successes(endpoint, all), ...failures(endpoint, all)]),
  ];
}

function successes(endpoint: EndpointId, all: readonly ContractCase[]): Line[] {
  const { partial } = endpointOf(endpoint).answer;
  const whens = [
    { status: 200, when: 'success' },
    ...(partial === undefined ? [] : [{ status: partial.status, when: partial.when }]),
  ];
  return whens
    .map(({ status, when }) => {
      const shown = all.filter((one) => one.status === status);
      return { status, code: '', when, tests: shown.map((one) => testName(endpoint, one)) };
    })
    .filter(({ tests }) => tests.length > 0);
}

function failures(endpoint: EndpointId, all: readonly ContractCase[]): Line[] {
  return errorsOf(endpointOf(endpoint)).flatMap((row) => {
    const shown = all.filter(({ status, code }) => status === row.status && code === row.code);
    if (shown.length === 0) {
      requireRefusal(endpoint, row);
      return [];
    }
    return [{ ...row, tests: shown.map((one) => testName(endpoint, one)) }];
  });
}

function requireRefusal(endpoint: EndpointId, { code }: ErrorRow): void {
  if (refusals.some(([, refusal]) => refusal.code === code)) return;
  throw new Error(`No test shows that ${endpoint} answers ${code}.`);
}

const testName = (endpoint: EndpointId, one: ContractCase): string =>
  `${CONTRACT} ${endpoint} ${titleOf(one)}`;

function table(lines: readonly Line[]): string {
  const rows = lines.map(({ status, code, when, tests: [first = '', ...more] }) => [
    String(status),
    code === '' ? '–' : `\`${code}\``,
    when,
    `${first}${more.length > 0 ? `, and ${more.length} more` : ''}`,
  ]);
  return [['status', 'code', 'when', 'test'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
    .concat('\n');
}
