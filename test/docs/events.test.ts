import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contractOf } from '../../resources/contracts/contract';
import { violations } from '../../resources/contracts/validator';

const DOCS = path.join(__dirname, '..', '..', 'docs', 'events.md');

test("the newcomer's schema takes the event beside it, and not the bad one", () => {
  const [, page = ''] = readFileSync(DOCS, 'utf8').split('## In a minute');
  const [schema = '', sample = ''] = Array.from(
    page.matchAll(/```json\n(.*?)```/gs),
    ([, text = '']) => text,
  );
  const [, bad = ''] = /-d '(\{.*?\})'/.exec(page) ?? [];
  const folder = mkdtempSync(path.join(tmpdir(), 'events-'));
  try {
    mkdirSync(path.join(folder, 'schemas'));
    writeFileSync(path.join(folder, 'schemas', 'order.json'), schema);
    writeFileSync(path.join(folder, 'schemas', 'order.sample.json'), sample);
    const contract = contractOf('orders', { schema: 'schemas/order.json' }, folder);

    expect(contract?.sample).toBe(sample.trim());
    expect(violations(contract?.schema ?? {}, JSON.parse(bad))).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
