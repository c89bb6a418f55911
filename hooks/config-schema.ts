import type { ConfigSchema, Serverless } from './framework';

/**
 * Takes out of the framework's schema what the configuration does not have. The framework compiles
 * its schema of every function event and provider setting, eight megabytes of code, at each start,
 * and for the first time in seconds. What is there is checked as before, and what is in no schema is
 * refused as before.
 */
export default class ConfigSchemaPlugin {
  readonly hooks = {};
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  /** When all plugins have said what they add to the schema. */
  async asyncInit(): Promise<void> {
    const { configSchemaHandler: handler, configurationInput: configuration } = this.#serverless;
    if (handler?.schema === undefined || configuration === undefined) return;
    handler.schema = narrow(narrowProvider(handler.schema, configuration), configuration);
  }
}

type Configuration = Readonly<Record<string, unknown>>;

function narrowProvider(schema: ConfigSchema, { provider }: Configuration): ConfigSchema {
  const declared = schema.properties?.provider;
  if (declared === undefined || typeof provider !== 'object' || provider === null) return schema;
  const properties = {
    ...schema.properties,
    provider: narrow(declared, provider as Configuration),
  };
  return { ...schema, properties };
}

/** A schema of an object, without the properties that this one does not have. */
function narrow(schema: ConfigSchema, configuration: Configuration): ConfigSchema {
  if (schema.properties === undefined) return schema;
  const properties = Object.entries(schema.properties).filter(([name]) =>
    Object.hasOwn(configuration, name),
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}
