import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Facts, Journal, LAST_STEP } from '../../../scripts/prove/journal';

// What lets a run go on that was cut off at any moment.

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const facts = (id: string, startedAt = '2026-11-29T12:00:00Z'): Facts => ({
  id,
  account: '123456789012',
  place: { profile: 'sandbox', region: 'eu-west-1', endpoint: undefined },
  choices: {
    only: undefined,
    parameters: undefined,
    given: {},
    contract: undefined,
    probes: undefined,
    isEmulated: false,
  },
  startedAt,
});

test('has what it was told, after it is opened again', () => {
  Journal.begin(root, facts('one')).add({ step: 'deploy', status: 'passed', ms: 5, said: ['x'] });

  const again = Journal.open(root, 'one');
  expect(again.facts.account).toBe('123456789012');
  expect(again.entryOf('deploy')).toEqual({ step: 'deploy', status: 'passed', ms: 5, said: ['x'] });
  expect(again.entryOf('verify')).toBeUndefined();
});

test('a line that a kill cut short counts for nothing, and spoils no other', () => {
  const journal = Journal.begin(root, facts('two'));
  journal.add({ step: 'deploy', status: 'passed', ms: 5 });
  appendFileSync(path.join(journal.folder, 'journal.jsonl'), '{"step":"verify","sta');

  Journal.open(root, 'two').add({ step: 'verify', status: 'passed', ms: 6 });

  const again = Journal.open(root, 'two');
  expect(again.entries.map(({ step }) => step)).toEqual(['deploy', 'verify']);
});

test('the unfinished runs are those in which something may be left, the oldest first', () => {
  Journal.begin(root, facts('newer', '2026-11-29T13:00:00Z'));
  const failed = Journal.begin(root, facts('failed', '2026-11-29T11:00:00Z'));
  failed.add({ step: LAST_STEP, status: 'failed', ms: 1 });
  Journal.begin(root, facts('between', '2026-11-29T12:00:00Z'));
  Journal.begin(root, facts('done')).add({ step: LAST_STEP, status: 'passed', ms: 1 });

  const ids = Journal.unfinished(root).map((journal) => journal.facts.id);
  expect(ids).toEqual(['failed', 'between', 'newer']);
});

test('two runs do not share an id', () => {
  Journal.begin(root, facts('one'));

  expect(() => Journal.begin(root, facts('one'))).toThrow(/There has been a run one/);
});
