import { repositoryDrift, repositoryTemplate } from '../../../hooks/drift/repository';
import type { Target } from '../../../hooks/stage/target';
import { defaults, parameterNames } from '../../../resources/parameters';
import { compiledStack } from '../../support/compiled-stack';

function target(values: Readonly<Record<string, string>> = {}): Target {
  const { authorization = defaults.authorization } = values;
  const known = { ...defaults, readAuthorization: authorization, ...values };
  const parameters = Object.fromEntries(
    parameterNames.map((name) => [
      name,
      String((known as Readonly<Record<string, unknown>>)[name]),
    ]),
  );
  return { stage: 'dev', parameters } as unknown as Target;
}

test.each<Readonly<Record<string, string>>>([
  {},
  { authorization: 'API_KEY', corsOrigins: 'https://a.example,https://b.example' },
  { manageStreams: 'false', vpcEndpoints: 'vpce-0123456789abcdef0' },
])('%j: what was deployed from this checkout is what it declares', (values) => {
  const declared = repositoryTemplate(target(values), 'kinesis-rest-proxy');
  expect(repositoryDrift(declared, compiledStack(values))).toEqual([]);
});

test('a stack of another checkout is told, by resource', () => {
  const deployed = structuredClone(compiledStack());
  delete deployed.Resources.PutRecordMethod;
  const declared = repositoryTemplate(target(), 'kinesis-rest-proxy');
  expect(repositoryDrift(declared, deployed)).toEqual([
    { where: 'PutRecordMethod', what: 'it is missing' },
  ]);
});
