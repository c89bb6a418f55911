import { compileFilter } from '../../src/logs/filter-pattern';
import { Message } from '../../src/logs/message';

// The events and most patterns are those of AWS's guide, "Filter and pattern syntax".

const TRAIL = {
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
};

const USERS = {
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [
    { id: 2, email: 'John.Doe@example.com' },
    { id: 3, email: 'Jane.Doe@example.com' },
  ],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
  ],
};

const LINE = { status: '207', latency: 500, stream: 'orders', small: 0.005 };

test.each<[object, string, boolean]>([
  [TRAIL, '{ $.eventType = "UpdateTrail" }', true],
  [TRAIL, '{$.eventType=UpdateTrail}', true],
  [TRAIL, '{ $.sourceIPAddress != 123.123.* }', true],
  [TRAIL, '{ $.sourceIPAddress != 111.111.* }', false],
  [TRAIL, '{ $.arrayKey[0] = "value" }', true],
  [TRAIL, '{ $.objectList[1].id = 2 }', true],
  [TRAIL, '{ $.SomeObject IS NULL }', true],
  [TRAIL, '{ $.eventType IS NULL }', false],
  [TRAIL, '{ $.SomeOtherObject NOT EXISTS }', true],
  [TRAIL, '{ $.SomeObject NOT EXISTS }', false],
  [TRAIL, '{ $.ThisFlag IS TRUE }', true],
  [TRAIL, '{ $.ThisFlag IS FALSE }', false],
  [USERS, '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', true],
  [USERS, '{ ($.user.id = 2 && $.users[0].email = "x") || $.actions[2] = "GET" }', false],
  [
    USERS,
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = no && $.actions[2] = no }',
    true,
  ],
  [
    USERS,
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = no) && $.actions[2] = no }',
    false,
  ],
  // A list or an object is neither equal nor unequal to anything, and neither is what is missing.
  [USERS, '{ $.users = 1 }', false],
  [USERS, '{ $.users != 1 }', false],
  [USERS, '{ $.nothing != 1 }', false],
  [LINE, '{ $.latency >= 500 }', true],
  [LINE, '{ $.latency > +500 }', false],
  [LINE, '{ $.latency < 10e3 }', true],
  [LINE, '{ $.small < 10e-3 }', true],
  [LINE, '{ $.status > 200 }', false],
  [LINE, '{ $.status = "207" }', true],
  [LINE, '{ $.status != "207" }', false],
  [LINE, '{ $.status = * }', true],
  [LINE, '{ $.status = "20*" }', true],
  [LINE, '{ $.stream = "*der*" }', true],
  [LINE, '{ $.stream = "*orders*" }', true],
  [LINE, '{ $.stream = "or*rs" }', false],
])('%j fits %s: %s', (event, pattern, expected) => {
  expect(compileFilter(pattern)(new Message(JSON.stringify(event)))).toBe(expected);
});

test.each(['no JSON', '[1]', '"text"', '{"status":"207"', ''])('%j fits no pattern', (text) => {
  const fits = compileFilter('{ $.status = "207" || $.status NOT EXISTS }');
  expect(fits(new Message(text))).toBe(false);
});

test.each([
  '{ }',
  '{ $.a }',
  '{ $.a = }',
  '{ a = 1 }',
  '{ $.a = 1 && }',
  '{ ($.a = 1 }',
  '{ $.a = 1) }',
  '{ $.a LIKE 1 }',
  '{ $.a < x }',
  '{ $.a = "x }',
  '{ $.a = %x% }',
])('%s is refused', (pattern) => {
  expect(() => compileFilter(pattern)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException' }),
  );
});
