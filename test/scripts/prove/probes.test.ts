import { forgottenRows, unknownRows } from '../../../scripts/prove/probe-tables';
import { gatewayProbes, probes } from '../../../scripts/prove/probes';
import { probesTemplate } from '../../../scripts/prove/probes/stack';

test('each probe has a name of its own, a question, and an answer that is expected', () => {
  const names = probes.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
  for (const { name, question, expected } of probes) {
    expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(question).toMatch(/^[A-Z].*\?$/);
    expect(Object.keys(expected).length).toBeGreaterThan(0);
  }
});

test('probes, steps and reasons name rows that the evidence tables have', () => {
  expect(unknownRows()).toEqual([]);
});

test('each row that is documented or inferred has a probe, a step or a reason for neither', () => {
  expect(forgottenRows()).toEqual([]);
});

test("the probes' stack fits into a request, where a template has at most 51,200 bytes", () => {
  const name = `kinesis-rest-proxy-prove-${'x'.repeat(12)}-probes`;
  const template = JSON.stringify(probesTemplate(gatewayProbes, name, 'prove-x'));

  expect(Buffer.byteLength(template)).toBeLessThan(51_200);
});
