import { apiPuts, kinesisPuts } from 'dev-kit/bench/client/requests';
import { parseStat } from 'dev-kit/bench/processes/usage';
import { MEASUREMENTS } from '../../bench/measurements';
import { parsePluginTimes } from '../../bench/measurements/plugins';
import { parseOptions } from '../../bench/options';

const namesOf = (...args: string[]) =>
  parseOptions(args, MEASUREMENTS).chosen.map(({ name }) => name);

describe('the command line', () => {
  test('without names everything is measured that needs no naming', () => {
    const unasked = namesOf();
    expect(unasked).toContain('gateway');
    expect(unasked).not.toContain('tests');
  });

  test('with names those, in the order in which they are told', () => {
    expect(namesOf('--only', 'templates, engine')).toEqual(['engine', 'templates']);
    expect(namesOf('--only', 'tests')).toEqual(['tests']);
  });

  test.each([
    [['--only', 'engine,motor'], "no measurement 'motor'. There are: gateway, latency"],
    [['--only', ''], "no measurement ''"],
    [['--fast'], '--quick'],
    [['engine'], '--only'],
    [['--profile', 'engine', '--write'], 'without --only and --write'],
  ])('%j is refused with what there is', (args, message) => {
    expect(() => parseOptions(args, MEASUREMENTS)).toThrow(message);
  });

  test('every measurement has a name of its own', () => {
    const names = MEASUREMENTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test('all that is measured without naming is to take less than twelve minutes', () => {
  const unasked = parseOptions([], MEASUREMENTS).chosen;
  const seconds = unasked.reduce((sum, { mostSeconds }) => sum + mostSeconds, 0);
  expect(seconds).toBeLessThan(12 * 60);
});

describe('what a process used', () => {
  test('is read behind a name that may hold anything', () => {
    const fields = Array.from({ length: 50 }, (_, index) => String(index + 3));
    expect(parseStat(`17 (a) b (c) 1 2) ${fields.join(' ')}`)).toEqual({
      cpuMs: (14 + 15) * 10,
      endedChildrenMs: (16 + 17) * 10,
    });
  });

  test('of each plugin is one line among others', () => {
    expect(parsePluginTimes('service:\nbench:plugins {"verify":12.5}\n')).toEqual({ verify: 12.5 });
    expect(() => parsePluginTimes('service:\n')).toThrow('No plugin');
  });
});

describe('requests', () => {
  const bodyOf = (request: Buffer) => {
    const text = request.toString();
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
    return { head, body: JSON.parse(body) };
  };

  test.each([1, 100, 500])('%d records are the same through the API and directly', (count) => {
    const payload = { count, bytes: 200 };
    const [api = Buffer.alloc(0)] = apiPuts('http://127.0.0.1:1/stage', 'orders', payload);
    const [direct = Buffer.alloc(0)] = kinesisPuts(1, 'orders', payload);

    const sent = bodyOf(api);
    const put = bodyOf(direct);

    const texts =
      count === 1 ? [sent.body.Data] : sent.body.records.map((one: { data: string }) => one.data);
    const puts =
      count === 1 ? [put.body.Data] : put.body.Records.map((one: { Data: string }) => one.Data);
    expect(texts).toHaveLength(count);
    expect(texts[0]).toHaveLength(200);
    expect(puts.map((data: string) => Buffer.from(data, 'base64').toString())).toEqual(texts);
    expect(sent.head).toContain(
      `PUT /stage/streams/orders/record${count === 1 ? '' : 's'} HTTP/1.1`,
    );
  });
});
