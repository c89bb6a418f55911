import path from 'node:path';
import type { CompiledTemplate } from '../../hooks/framework';
import { besideLive } from '../../hooks/rollout/beside-live';
import { LIMITS, type Limit } from '../../hooks/template/limits';
import { senderNames } from '../../resources/events/senders';
import type { StreamDeclaration } from '../../resources/streams/declaration';
import { declaredStreams } from '../../resources/streams/declared';
import { compiledStack } from '../../test/support/compiled-stack';
import { count, table } from './format';

const REGION = 'us-east-1';
/** Of a stage with API keys, which has the most resources. */
const PARAMETERS = { authorization: 'API_KEY' };
/** Where the schema below is. */
const FOLDER = path.join(__dirname, '..', '..', 'test', 'fixtures', 'events');
const WITH_SCHEMA = { schema: 'schemas/order.json', key: '$.customerId' } as const;
/** Streams have names of this kind: 8 letters and digits. */
const nameOf = (index: number) => `orders${String(index).padStart(2, '0')}`;

/** Declarations that the table compares, as streams.ts has them. */
const DECLARATIONS: Readonly<Record<string, StreamDeclaration>> = {
  '`{}`': {},
  '`{ schema: …, key: … }`': WITH_SCHEMA,
  'every sender': { senders: senderNames },
  '`{ existing: true }`': { existing: true },
  '`{ senders: [] }`': { senders: [] },
};

/** The framework's own: the deployment bucket and its policy. */
const FRAMEWORKS = {
  ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' },
  ServerlessDeploymentBucketPolicy: { Type: 'AWS::S3::BucketPolicy' },
};

/** The stack with so many streams that are declared alike, while its next version is verified. */
export function stackWith(number: number, declaration: StreamDeclaration): CompiledTemplate {
  const streams = Object.fromEntries(
    Array.from({ length: number }, (_, index) => [nameOf(index), declaration]),
  );
  const declared = declaredStreams(streams, { stage: 'dev', folder: FOLDER });
  const { Resources, ...rest } = compiledStack(PARAMETERS, 'dev', REGION, declared);
  return besideLive({ ...rest, Resources: { ...Resources, ...FRAMEWORKS } });
}

const resourcesOf = ({ Resources }: CompiledTemplate) => Object.keys(Resources).length;
const bytesOf = (template: CompiledTemplate) => Buffer.byteLength(JSON.stringify(template));

/** Enough of them to tell what each further one takes. */
const FEW = 20;

/** What streams that are declared alike take of a stack, and how many of them it carries. */
export function carried(declaration: StreamDeclaration) {
  const [few, more] = [stackWith(FEW, declaration), stackWith(2 * FEW, declaration)];
  const each = (numberOf: (template: CompiledTemplate) => number) =>
    (numberOf(more) - numberOf(few)) / FEW;
  const [first] = Object.values(LIMITS)
    .map((limit: Limit) => {
      const numberOf = (template: CompiledTemplate) =>
        Math.max(0, ...limit.count(template, REGION).values());
      const room = limit.most - numberOf(few);
      return { limit, most: FEW + Math.floor(room / Math.max(each(numberOf), 1e-9)) };
    })
    .sort((one, other) => one.most - other.most);
  return { resources: each(resourcesOf), bytes: each(bytesOf), first };
}

function streamTable(): string {
  const rows = Object.entries(DECLARATIONS).map(([name, declaration]) => {
    const { resources, bytes, first } = carried(declaration);
    return [
      name,
      count(resources),
      `${count(Math.round(bytes / 100) / 10)} KB`,
      count(first?.most ?? 0),
      first ? `${count(first.limit.most)} ${first.limit.unit} (${first.limit.service})` : '',
    ];
  });
  return table(
    ['each stream', 'resources', 'template', 'about this many', 'what ends first'],
    rows,
  );
}

const limitTable = (): string =>
  table(
    ['quota', 'default', 'source'],
    Object.values(LIMITS).map((limit: Limit) => [
      `${limit.unit}${limit.isRaisable ? ', raised on request' : ''}`,
      count(limit.most),
      `[${limit.service}](${limit.source})`,
    ]),
  );

const INTRODUCTION = `## How many streams one stack carries

A stack has quotas of its own, and each stream that [streams.ts](events.md) declares takes its part of them. \`serverless package\` and \`deploy\` count before anything is changed, and refuse what AWS would refuse in the middle of an update. They count the stack as it is while its next version is verified: with a second stage and what belongs to that. The figures are counted, too, in the compiled stack with ${FEW} and with ${2 * FEW} streams alike: service \`kinesis-rest-proxy\`, stage \`dev\`, API keys, names of ${nameOf(0).length} characters, nothing of your own. Each stream is declared as the first column says; the schema is that of an order, a page long.`;

const BEYOND = `The quotas of which a part has its own are those of an API, a role, a template: an API of yours in the same service does not count. Whatever AWS has raised for your account counts as it is by default.

**Beyond that, split the service.** A second folder with a \`serverless.ts\` and a \`streams.ts\` of its own is a stack, an API, a URL and a set of quotas of its own; streams that belong to one team, or change together, go together. Move a stream by declaring it in the second service with \`existing: true\` and its \`streamName\` before you take it out of the first, which leaves the stream and its data alone.

Before you split:

- **Many kinds of events are not many streams.** A stream takes events of any kind; readers tell them apart by a member. Streams of their own are for a retention, an encryption or readers of their own.
- **Senders that nobody uses** cost paths and methods: name only the others.
- **The last few streams** fit with \`--param shadow=false\`, at the price that a new version is live before it is verified.

What is not the stack's is not counted: shards and on-demand streams of the account (above), and the time. API Gateway makes five paths a second for all of an account, and CloudFormation waits.`;

/** The chapter on what one stack carries. */
export const stackSize = (): string[] => [INTRODUCTION, streamTable(), BEYOND, limitTable()];
