import ConfigSchemaPlugin from '../../hooks/config-schema';
import type { ConfigSchema, Serverless } from '../../hooks/framework';

const text = { type: 'string' };
const SCHEMA = {
  type: 'object',
  required: ['service'],
  additionalProperties: false,
  properties: {
    service: text,
    functions: { type: 'object' },
    custom: { type: 'object', properties: { a: text } },
    provider: {
      type: 'object',
      additionalProperties: false,
      properties: { name: text, stage: text, httpApi: { type: 'object' }, ['__proto__']: text },
    },
  },
};

async function narrowed(configurationInput?: Readonly<Record<string, unknown>>) {
  const configSchemaHandler: { schema?: ConfigSchema } = { schema: SCHEMA };
  const serverless = { configSchemaHandler, configurationInput } as unknown as Serverless;
  await new ConfigSchemaPlugin(serverless).asyncInit();
  return configSchemaHandler.schema;
}

test('what the configuration has is checked as before, and nothing else needs to be', async () => {
  expect(
    await narrowed({ service: 's', custom: { b: 1 }, provider: { name: 'aws', stage: 'dev' } }),
  ).toEqual({
    ...SCHEMA,
    properties: {
      service: text,
      custom: SCHEMA.properties.custom,
      provider: { ...SCHEMA.properties.provider, properties: { name: text, stage: text } },
    },
  });
});

test('functions are checked by their schema where there are any', async () => {
  const functionsOf = async (functions: unknown) =>
    (await narrowed({ service: 's', functions }))?.properties?.functions;

  expect(await functionsOf({ hello: {} })).toBe(SCHEMA.properties.functions);
  expect(await functionsOf([])).toBe(SCHEMA.properties.functions);
  expect(await functionsOf({})).toEqual({ type: 'object', maxProperties: 0 });
});

test('what no schema knows stays unknown', async () => {
  const schema = await narrowed({ service: 's', servise: 's', provider: { nmae: 'aws' } });

  expect(schema).toMatchObject({ additionalProperties: false, required: ['service'] });
  expect(Object.keys(schema?.properties ?? {})).toEqual(['service', 'provider']);
  expect(schema?.properties?.provider).toMatchObject({
    additionalProperties: false,
    properties: {},
  });
});

test.each([{ provider: 'aws' }, { provider: null }])(
  '%j is left to the framework',
  async (given) => {
    expect((await narrowed(given))?.properties?.provider).toBe(SCHEMA.properties.provider);
  },
);

test('outside a service, and in a framework without such a schema, nothing is done', async () => {
  expect(await narrowed()).toBe(SCHEMA);
  const serverless = { configurationInput: {} } as Serverless;
  await expect(new ConfigSchemaPlugin(serverless).asyncInit()).resolves.toBeUndefined();
});

test('of the definitions those stay that something refers to, be it another or a part of one', async () => {
  const definitions = {
    name: { type: 'string' },
    list: { items: { $ref: '#/definitions/name' } },
    tree: { properties: { left: { $ref: '#/definitions/tree' } } },
    parts: { first: { $ref: '#/definitions/list' } },
    unused: { $ref: '#/definitions/alsoUnused' },
    alsoUnused: {},
    ['__proto__']: { type: 'object' },
  };
  const service = {
    anyOf: [
      { $ref: '#/definitions/parts/first' },
      { $ref: '#/definitions/tree' },
      { $ref: '#/definitions/__proto__' },
      { $ref: '#/definitions/nowhere' },
    ],
  };
  const configSchemaHandler: { schema?: ConfigSchema } = {
    schema: { properties: { service, functions: { $ref: '#/definitions/unused' } }, definitions },
  };
  const serverless = { configSchemaHandler, configurationInput: { service: 's' } };

  await new ConfigSchemaPlugin(serverless as unknown as Serverless).asyncInit();

  const { unused: _, alsoUnused: __, ...used } = definitions;
  const { schema } = configSchemaHandler;
  expect(schema?.properties).toEqual({ service });
  expect(Object.entries(schema?.definitions ?? {}).sort()).toEqual(Object.entries(used).sort());
});
