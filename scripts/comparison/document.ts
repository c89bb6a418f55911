import type { Fault } from '../../hooks/verify/check';
import { counts } from '../../hooks/verify/reports/summary';
import type { Report } from '../../hooks/verify/verify';
import { table } from '../markdown';
import type { ComparedDoor } from './doors';
import { type Finding, findingsOf } from './findings';

/** A door and the report on it. */
export interface Compared {
  readonly door: ComparedDoor;
  readonly report: Report;
}

const SECTIONS: Readonly<Record<Fault, string>> = {
  corrupts: 'Corrupts or loses',
  hides: 'Hides',
  opens: 'Leaves open',
};

const INTRODUCTION = `# Doors to Kinesis, compared

Five HTTP APIs in front of Kinesis, without a Lambda in the path, and what \`serverless verify --url --routes\` says of each: [how it is done](verify-any-api.md). All are deployed to the embedded AWS as they are published, with their defaults; most can be configured to do better, and say so in their docs.

\`npm run compare\` deploys them, verifies them, and writes this page. Nothing in it is written by hand but the sources and the strengths. \`$URL\` is the URL of the stage, \`$STREAM\` the stream; bodies are \`application/json\` unless the request says otherwise; the requests of doors that ask for a signature are signed. The embedded AWS behaves [as AWS documents it](../packages/embedded-aws/docs/api-gateway.md), but it is not AWS: before you rely on a row, send its request to yours.`;

const NOTES = `## How to read it

- **Corrupts or loses**: what was sent is not what the stream holds, or cannot be stored at all.
- **Hides**: a write, or a read, that failed looks as if all were well. The embedded Kinesis takes 1 MiB a second for each shard, as AWS does, so that of a batch of 1.2 MB it refuses a record.
- **Leaves open**: who may call, for which streams, and what text of a client is taken for more than text. Which of it is meant, only its owner knows. Limits (throttling, quotas) are not visible without a load, so they are not compared.
- One row for each request that shows it. Where the same happens in several routes, each has its row: one mended template may clear several.
- **A key that breaks out** shows that a client can add members to Kinesis's request. A second \`StreamName\` is such a member; which of two AWS takes has not been tried.
- \`PutRecord\` of three doors stores a text as its JSON, with the quotes. That is a contract as good as any, and their routes are described so; that a batch stores the same text without them is the row.
- **Not asked** is what a door does not offer, or what its routes do not say: no fault.`;

/** The page docs/comparison.md. */
export function comparisonDocument(compared: readonly Compared[]): string {
  return [
    '<!-- Written by npm run compare -->',
    '',
    INTRODUCTION,
    '',
    overview(compared),
    '',
    NOTES,
    '',
    ...compared.flatMap(section),
  ].join('\n');
}

function overview(compared: readonly Compared[]): string {
  const rows = compared.map(({ door, report }) => {
    const findings = findingsOf(report);
    const { passed, failed, skipped } = counts(report);
    const faults = Object.keys(SECTIONS).map((fault) =>
      String(findings.filter((each) => each.fault === fault).length),
    );
    return [
      `[${door.name}](#${anchor(door.name)})`,
      ...faults,
      ...[passed, failed, skipped].map(String),
    ];
  });
  const head = ['door', ...Object.values(SECTIONS).map((each) => each.toLowerCase())];
  return table([...head, 'checks passed', 'failed', 'not asked'], rows);
}

/** As GitHub makes it of a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function section({ door, report }: Compared): string[] {
  const findings = findingsOf(report);
  return [
    `## ${door.name}`,
    '',
    `${door.source}. Routes: [${door.routes}](../examples/doors/${door.routes}).`,
    '',
    ...door.strengths.map((strength) => `- ${strength}`),
    '',
    ...Object.entries(SECTIONS).flatMap(([fault, title]) =>
      rowsOf(
        title,
        findings.filter((each) => each.fault === fault),
      ),
    ),
    `**Not asked**: ${notAsked(report)}`,
    '',
  ];
}

function rowsOf(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [`**${title}**: nothing that was found.`, ''];
  const rows = findings.map(({ what, request, answer }) => [
    cell(what),
    code(request),
    code(answer),
  ]);
  // Not as wide as the widest cell: most are narrow.
  const lines = [[title, 'request', 'answer'], ['---', '---', '---'], ...rows];
  return [...lines.map((cells) => `| ${cells.join(' | ')} |`), ''];
}

const cell = (text: string) => text.replaceAll(/[|\\<*_`]/g, '\\$&');

/** Code in a cell, whose bars end the cell in code, too. */
function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replaceAll('|', '\\|')}${fence}`;
}

/** The door is open, which is a row of its own. */
const AS_DESCRIBED = 'open, as described';

/** Everything that the door lacks, each thing once. */
function notAsked({ results }: Report): string {
  const reasons = results.flatMap(({ outcome }) => {
    if (outcome.status !== 'skipped' || outcome.because === AS_DESCRIBED) return [];
    return [outcome.because.replace('not described: ', '')];
  });
  return reasons.length === 0 ? 'nothing.' : `${[...new Set(reasons)].join('; ')}.`;
}
