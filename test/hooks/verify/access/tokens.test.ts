import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createIssuer } from 'dev-kit/testing/issuer';
import { Unasked } from '../../../../hooks/stage/unasked';
import { placed } from '../../../../hooks/verify/access/token';
import { runTokenCommand } from '../../../../hooks/verify/access/token-command';
import { Tokens, variableOf } from '../../../../hooks/verify/access/tokens';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tokens-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A command that runs this code in Node. `log` is a file that it may write to. */
async function commandOf(code: string): Promise<string> {
  const file = path.join(folder, 'token.cjs');
  await writeFile(file, `const log = ${JSON.stringify(path.join(folder, 'log'))};${code}`);
  return `'${process.execPath}' '${file}'`;
}

const environment = { PATH: process.env.PATH };

describe('From the environment', () => {
  const tokens = new Tokens({
    environment: {
      API_TOKEN: ' write-token\n',
      API_TOKEN_READ: 'read-token',
      API_TOKEN_EVENTS_WEB_SHOP: 'shop-token',
      API_TOKEN_WITHOUT_SCOPE: 'poor-token',
      API_TOKEN_EXPIRED: '',
    },
  });

  it('each entrance has its own, or that of writing', async () => {
    expect(await tokens.good('write')).toBe('write-token');
    expect(await tokens.good('read')).toBe('read-token');
    expect(await tokens.good('events/web-shop')).toBe('shop-token');
    expect(await tokens.good('events/orders')).toBe('write-token');
  });

  it('bad ones have names of their own, and none stands for another', async () => {
    expect(await tokens.bad('without-scope', 'write')).toBe('poor-token');
    expect(await tokens.bad('expired', 'write')).toBeUndefined();
    expect(await tokens.bad('denied', 'read')).toBeUndefined();
  });

  it('JSON says where each part goes', async () => {
    const API_TOKEN =
      '{"headers": {"Authorization": "Bearer secret-1"}, "query": {"k": "secret-2"}}';
    const own = new Tokens({ environment: { API_TOKEN } });
    expect(await own.good('write')).toEqual({
      headers: { Authorization: 'Bearer secret-1' },
      query: { k: 'secret-2' },
    });
    expect(own.hidden('secret-1, secret-2, Bearer secret-1')).toBe('***, ***, ***');
  });

  it.each(['{"headers": 1}', '{"header": {}}', '{secret', '{"headers": {"a b": "c"}}', 'sec\nret'])(
    '%j is refused, and not repeated',
    async (API_TOKEN) => {
      const reading = new Tokens({ environment: { API_TOKEN } }).good('write');
      await expect(reading).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
      await expect(reading).rejects.not.toThrow(/secret|sec\n/);
    },
  );
});

describe('From a command', () => {
  it('each is asked for once, by what it is for', async () => {
    const command = await commandOf(
      `require('fs').appendFileSync(log, process.env.TOKEN_FOR + '@' + process.env.TOKEN_DOOR + ' ');
       if (process.env.TOKEN_FOR !== 'denied') console.log('token for ' + process.env.TOKEN_FOR);`,
    );
    const tokens = new Tokens({ environment, command });
    expect(await Promise.all([tokens.good('write'), tokens.good('write')])).toEqual([
      'token for write',
      'token for write',
    ]);
    expect(await tokens.good('events/orders')).toBe('token for events/orders');
    expect(await tokens.bad('expired', 'read')).toBe('token for expired');
    expect(await tokens.bad('denied', 'read')).toBeUndefined();
    const asked = (await readFile(path.join(folder, 'log'), 'utf8')).trim();
    expect(asked.split(' ')).toEqual([
      'write@write',
      'events/orders@events/orders',
      'expired@read',
      'denied@read',
    ]);
  });

  it('one that is about to expire is asked for again, and an expired one that was asked for is not', async () => {
    const issuer = await createIssuer();
    let now = Date.now();
    const good = await issuer.idToken({ exp: Math.floor(now / 1000) + 300 });
    const expired = await issuer.expiredToken();
    const command = await commandOf(
      `require('fs').appendFileSync(log, '.');
       console.log(process.env.TOKEN_FOR === 'expired' ? '${expired}' : '${good}');`,
    );
    const asked = async () => (await readFile(path.join(folder, 'log'), 'utf8')).length;
    const tokens = new Tokens({ environment, command, now: () => now });
    await tokens.good('write');
    await tokens.bad('expired', 'write');
    now += 200_000;
    await tokens.good('write');
    expect(await asked()).toBe(2);
    now += 60_000;
    await tokens.good('write');
    await tokens.bad('expired', 'write');
    expect(await asked()).toBe(3);
  });

  it('one that an answer refused is asked for again, but not at once', async () => {
    let now = 0;
    const command = await commandOf(`console.log('token ' + process.pid);`);
    const tokens = new Tokens({ environment, command, now: () => now });
    const first = await tokens.good('write');
    expect(tokens.renew('write')).toBe(false);
    now += 60_000;
    expect(tokens.renew('write')).toBe(true);
    expect(await tokens.good('write')).not.toBe(first);
    expect(tokens.renew('read')).toBe(false);
  });

  it('its failure in the middle of a run is not the fault of the stage', async () => {
    let now = 0;
    const command = await commandOf(
      `if (require('fs').existsSync(log)) process.exit(3);
       require('fs').writeFileSync(log, '');
       console.log('${await (await createIssuer()).idToken({ exp: 100 })}');`,
    );
    const tokens = new Tokens({ environment, command, now: () => now });
    await tokens.good('write');
    now += 50_000;
    await expect(tokens.good('write')).rejects.toBeInstanceOf(Unasked);
  });

  const run = async (code: string, withinMs?: number) =>
    runTokenCommand(await commandOf(code), {
      environment,
      hide: (text) => text.replaceAll('known-secret', '***'),
      ...(withinMs !== undefined && { withinMs }),
    });

  it('its failure says why, and no token', async () => {
    const failing = run(
      `console.log('the-output'); console.error('Sign in first,\\nknown-secret eyJhbGciOi.eyJzdWIi.c2ln'); process.exit(4);`,
    );
    await expect(failing).rejects.toMatchObject({ code: 'TOKEN_COMMAND_FAILED' });
    await expect(failing).rejects.toThrow('failed with exit code 4: Sign in first, *** ***');
    await expect(failing).rejects.not.toThrow('the-output');
  });

  it.each([
    ["console.log('opaque-1'); console.error('bad token: opaque-1')", 'bad token: ***'],
    ["console.error('sent Authorization: Bearer opaque-1')", 'sent Authorization: Bearer ***'],
    [`console.error('{"access_token": "opaque-1"}')`, '{"access_token": "***"}'],
    ["console.error('No token for you')", 'No token for you'],
  ])('its failure has no token that is no JSON Web Token: %s', async (code, said) => {
    const failing = run(`${code}; process.exitCode = 4;`);
    await expect(failing).rejects.toThrow(`failed with exit code 4: ${said}.`);
  });

  it('one that waits is ended', async () => {
    await expect(run('setInterval(() => {}, 1000)', 300)).rejects.toThrow('took longer than 0.3 s');
  });

  it('one that reads what nobody types ends', async () => {
    const code = `process.stdin.on('data', () => {}).on('end', () => console.log('read'));`;
    expect((await run(code)).trim()).toBe('read');
  });

  it('one that prints without end is refused', async () => {
    const code = `process.stdout.write('x'.repeat(100000));`;
    await expect(run(code)).rejects.toThrow('printed more than a token');
  });

  it('one that is not there is named', async () => {
    const missing = runTokenCommand('/no/such/program --token the-secret', {
      environment,
      hide: (text) => text,
    });
    await expect(missing).rejects.toThrow('--token-command (/no/such/program) is not there');
    await expect(missing).rejects.not.toThrow('the-secret');
  });
});

describe('Where a token goes', () => {
  const entrance = (...identitySources: string[]) => ({
    name: 'write',
    authorization: 'LAMBDA' as const,
    userPoolArns: [],
    scopes: [],
    identitySources,
    ttlSeconds: 300,
  });

  it.each([
    [['method.request.header.X-Word'], { headers: { 'X-Word': 'w' }, query: {} }],
    [['method.request.querystring.word'], { headers: {}, query: { word: 'w' } }],
    [['context.stage', 'method.request.header.A'], { headers: { A: 'w' }, query: {} }],
    [[], { headers: { Authorization: 'w' }, query: {} }],
  ])('is the place among %j', (sources, expected) => {
    expect(placed('w', entrance(...sources))).toEqual(expected);
  });

  it('of several places is told by JSON alone', () => {
    const several = entrance('method.request.header.A', 'method.request.querystring.b');
    expect(() => placed('w', several)).toThrow('looks at A, b: give it as JSON');
  });
});

test.each([
  ['write', 'API_TOKEN'],
  ['read', 'API_TOKEN_READ'],
  ['events/web-shop', 'API_TOKEN_EVENTS_WEB_SHOP'],
  ['other-pool', 'API_TOKEN_OTHER_POOL'],
])('the variable of %s is %s', (purpose, name) => {
  expect(variableOf(purpose)).toBe(name);
});
