import { CreateStreamCommand, KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { createAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import type { Target } from '../../../hooks/stage/target';
import { throwAwayName } from '../../../hooks/stage/throw-away-name';
import { deleteLeftovers, findLeftovers } from '../../../hooks/verify/sweep';
import { OWNER_TAG, tagStream } from '../../../hooks/verify/throw-away-stream';

const OWNER = { service: 'front', stage: 'door-dev' };
/** Its throw-away streams have names of the same form. */
const NAMESAKE = { service: 'front-door', stage: 'dev' };
const HOUR_MS = 3_600_000;

let kinesis: KinesisClient;

beforeEach(() => {
  const aws = createAws({ kinesis: { createMs: 0, deleteMs: 0 } });
  kinesis = new KinesisClient({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: answeredBy((request) => aws.handle(request)),
  });
});
afterEach(() => kinesis.destroy());

const create = async (StreamName: string, Tags?: Record<string, string>) => {
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1, ...(Tags && { Tags }) }));
  return StreamName;
};

/** A stream that a run of an owner made some time ago. */
function made(owner: typeof OWNER, agoMs: number, tag?: string): Promise<string> {
  const now = Date.now();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(now - agoMs);
  const name = throwAwayName(owner);
  clock.mockRestore();
  return create(name, tag === undefined ? undefined : { [OWNER_TAG]: tag });
}

const sweepOf = (owner: typeof OWNER, olderThanMs = 0) => ({
  kinesis,
  owner,
  olderThanMs,
  signal: AbortSignal.timeout(20_000),
});

const names = (streams: readonly { readonly name: string }[]) => streams.map(({ name }) => name);

test('old and young streams of the owner are found, and told apart', async () => {
  const old = await made(OWNER, 2 * HOUR_MS, 'front/door-dev');
  const young = await made(OWNER, 60_000, 'front/door-dev');

  const found = await findLeftovers(sweepOf(OWNER, HOUR_MS));

  expect(names(found.old)).toEqual([old]);
  expect(names(found.young)).toEqual([young]);
});

test('a stream that was left before it had its tag is found by the digest in its name', async () => {
  const untagged = await made(OWNER, HOUR_MS);

  expect(names((await findLeftovers(sweepOf(OWNER))).old)).toEqual([untagged]);
  expect((await findLeftovers(sweepOf(NAMESAKE))).old).toEqual([]);
});

test('the tag says whose a stream is, whatever its name says', async () => {
  await made(OWNER, HOUR_MS, 'front-door/dev');
  const own = await made(OWNER, HOUR_MS, 'front/door-dev');

  const { old } = await findLeftovers(sweepOf(OWNER));

  expect(names(old)).toEqual([own]);
});

test("a sweep deletes nothing of a service whose streams' names look alike", async () => {
  const theirs = await made(NAMESAKE, 2 * HOUR_MS, 'front-door/dev');
  const lookalike = await create('verify-front-door-dev-mws8ukt3-0123456789abcdef');
  await made(OWNER, 2 * HOUR_MS, 'front/door-dev');

  const sweep = sweepOf(OWNER);
  expect(await deleteLeftovers(sweep, (await findLeftovers(sweep)).old)).toEqual([]);

  const { StreamNames } = await kinesis.send(new ListStreamsCommand({}));
  expect(StreamNames?.toSorted()).toEqual([theirs, lookalike].toSorted());
});

test("a run's stream bears the tag that a sweep looks for", async () => {
  const stream = await create(throwAwayName(OWNER));
  await tagStream({ kinesis, stream, target: { ...OWNER } as Target });

  expect(names((await findLeftovers(sweepOf(OWNER))).old)).toEqual([stream]);
});

test('a stream made by a machine whose clock runs ahead is young, and found when all are asked for', async () => {
  const ahead = await made(OWNER, -HOUR_MS, 'front/door-dev');

  expect(names((await findLeftovers(sweepOf(OWNER, HOUR_MS))).young)).toEqual([ahead]);
  expect(names((await findLeftovers(sweepOf(OWNER, 0))).old)).toEqual([ahead]);
});

test('three streams are deleted at a time; one that cannot be is told, and the others are gone', async () => {
  for (let index = 0; index < 5; index += 1) await made(OWNER, HOUR_MS, 'front/door-dev');
  const sweep = sweepOf(OWNER);
  const { old } = await findLeftovers(sweep);
  const [, kept = { name: '' }] = old;
  const asked = new Set<string>();
  let three = () => {};
  const untilThree = new Promise<void>((resolve) => {
    three = resolve;
  });
  kinesis.middlewareStack.add(
    (next, { commandName }) =>
      async (given) => {
        if (commandName !== 'DeleteStreamCommand') return next(given);
        const { StreamName = '' } = given.input as { StreamName?: string };
        asked.add(StreamName);
        if (asked.size === 3) three();
        await untilThree;
        if (StreamName === kept.name) throw new Error('It is in use.');
        return next(given);
      },
    { step: 'initialize' },
  );

  expect(await deleteLeftovers(sweep, old)).toEqual([
    { name: kept.name, error: new Error('It is in use.') },
  ]);

  const { StreamNames } = await kinesis.send(new ListStreamsCommand({}));
  expect(StreamNames).toEqual([kept.name]);
});
