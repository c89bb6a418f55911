import type { Serverless } from './framework';
import { narrowSchema, writableFolder } from './framework/config-schema';

/**
 * Speeds up the framework's validation of the configuration. At each start the framework compiles its
 * schema of every function event and provider setting, eight megabytes of code, and sorts every
 * definition to look the compiled schema up; this service uses a small part of it.
 */
export default class ConfigSchemaPlugin {
  readonly hooks = {};
  readonly #serverless: Serverless;

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
  }

  /** Runs after all plugins have added to the schema. */
  async asyncInit(): Promise<void> {
    const { configSchemaHandler: handler, configurationInput: configuration } = this.#serverless;
    if (handler?.schema === undefined || configuration === undefined) return;
    handler.schema = narrowSchema(handler.schema, configuration);
    process.env.SLS_SCHEMA_CACHE_BASE_DIR ??= writableFolder();
  }
}
