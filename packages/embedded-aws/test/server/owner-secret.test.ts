import { createAws } from '../../src/aws';
import { OwnerSecret } from '../../src/server/owner-secret';
import { State } from '../../src/state';
import { folders } from '../state/support';

const folder = folders();

test('is random where signatures count, and each key’s own text where they do not', () => {
  const [one, other] = [new OwnerSecret({ strict: true }), new OwnerSecret({ strict: true })];

  expect(one.value).toMatch(/^[\w-]{40}$/);
  expect(one.value).not.toBe(other.value);
  expect(one.secretFor('local')).toBe(one.value);
  expect(one.secretFor('123456789012')).toBe(one.value);
  expect(new OwnerSecret().value).toBeUndefined();
  expect(new OwnerSecret().secretFor('local')).toBe('local');
});

test('is the one that is given', () => {
  const secretAccessKey = 'sixteen-letters!';

  expect(new OwnerSecret({ strict: true, secretAccessKey }).value).toBe(secretAccessKey);
  expect(new OwnerSecret({ secretAccessKey }).secretFor('local')).toBe(secretAccessKey);
});

test.each(['', 'local', 'fifteen-letters', 'with blanks in the middle', 'Umläute-sind-keine'])(
  'is not %j, which a page could guess or a client not send',
  (secretAccessKey) => {
    expect(() => new OwnerSecret({ secretAccessKey })).toThrow('at least 16 characters');
  },
);

/** One run of an embedded AWS on a folder, ended as by a kill. */
async function run(directory: string, options: ConstructorParameters<typeof OwnerSecret>[0]) {
  const state = await State.open(directory);
  const owner = new OwnerSecret(options);
  createAws(options, state, owner);
  state.abandon();
  return owner.value;
}

test('stays the same in a folder, whatever was given in between', async () => {
  const directory = folder();
  const first = await run(directory, { strict: true });

  expect(await run(directory, {})).toBeUndefined();
  const given = 'given-in-between';
  expect(await run(directory, { strict: true, secretAccessKey: given })).toBe(given);
  expect(await run(directory, { strict: true })).toBe(first);
});

test('is another in another folder', async () => {
  const first = await run(folder(), { strict: true });
  expect(await run(folder(), { strict: true })).not.toBe(first);
});
