import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RegoEngine, TemplateFile } from '@aws/cloudformation-validate';
import { compiledStack } from '../support/compiled-stack';

// Every combination of what a stage may choose, as AWS's own validator sees it, warnings as errors.

const folder = mkdtempSync(path.join(tmpdir(), 'validity-'));
const engine = new RegoEngine();
afterAll(() => {
  engine.free();
  rmSync(folder, { recursive: true });
});

const combinations = ['AWS_IAM', 'API_KEY', 'NONE'].flatMap((authorization) =>
  ['true', 'false'].map((manageStreams) => ({ authorization, manageStreams })),
);

function problems(template: unknown): string[] {
  const file = path.join(folder, 'template.json');
  writeFileSync(file, JSON.stringify(template));
  const { diagnostics } = engine.validateStandard(new TemplateFile(file), { strict: true });
  return diagnostics
    .filter(({ severity }) => severity !== 'INFO')
    .map(({ severity, ruleId, message }) => `${severity} ${ruleId} ${message}`);
}

test.each(combinations)('%j', (values) => {
  expect(problems(compiledStack(values))).toEqual([]);
});

test('the validator finds what is wrong', () => {
  const template = structuredClone(compiledStack());
  template.Resources.Broken = {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApi: 'x', PathPart: 'y' },
  };
  expect(problems(template)).not.toEqual([]);
});
