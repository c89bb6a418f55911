import { forUser, type Options, type Serverless, type Utils } from './framework';
import { requireLoggingRole } from './stage/logging-role';

/** Before a deployment with access logs, ensures that API Gateway has a role to write them with. */
export default class LoggingRolePlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(serverless: Serverless, _options: Options, { log }: Utils) {
    this.hooks = {
      'before:deploy:deploy': () =>
        forUser(serverless, async () => {
          const { accessLogs, restApiId } =
            serverless.service.custom?.kinesisRestProxy?.parameters ?? {};
          if (String(accessLogs) !== 'true' || restApiId) return;
          const provider = serverless.getProvider('aws');
          await requireLoggingRole({
            config: { ...(await provider.getAwsSdkV3Config()), region: provider.getRegion() },
            isLocal: provider.getStage() === 'local',
            warn: (text) => log.warning(text),
          });
        }),
    };
  }
}
