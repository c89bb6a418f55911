import { type Command, forUser, type Options, type Serverless, type Utils } from './framework';
import { Updates } from './rollout/updates';
import { Verification } from './rollout/verification';
import { VERIFY_OPTIONS } from './verify/options';

/** Brings a new version of the stack to its stage, and verifies it. */
export default class RolloutPlugin {
  readonly commands: Readonly<Record<string, Command>> = {
    deploy: {
      options: {
        ...VERIFY_OPTIONS,
        'skip-verify': {
          usage: 'Deploy without calling the endpoints afterwards',
          type: 'boolean',
        },
        'on-failure': {
          usage: 'When verification fails: leave (default), or rollback to the previous deployment',
          type: 'string',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => void | Promise<void>>>;

  constructor(serverless: Serverless, options: Options, utils: Utils) {
    const updates = new Updates(serverless, utils);
    const verification = new Verification(serverless, options, utils);
    const run = (step: () => Promise<void>) => () => forUser(serverless, step);
    this.hooks = {
      'before:deploy:deploy': run(() => {
        updates.begin();
        return verification.begin();
      }),
      'before:aws:deploy:deploy:createStack': run(() => updates.plan()),
      'after:aws:deploy:deploy:checkForChanges': () => updates.deployAnyway(),
      'after:aws:deploy:deploy:updateStack': run(() => updates.goOn()),
      'after:deploy:deploy': run(() => verification.end()),
      'after:rollback:rollback': run(() => updates.warn()),
    };
  }
}
