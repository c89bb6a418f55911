import { parseArgs } from 'node:util';
import { type ParameterName, parameterNames } from '../../resources/parameters';
import { ProveError } from './prove-error';
import { STEP_NAMES, type StepName } from './step-names';

export const USAGE = `Usage: npm run prove -- --profile <name> --region <region> [options]

Deploys a stage of its own into an AWS account, proves it there, removes it, and writes evidence.
Without --profile (or --from-environment) and --region, nothing is called.

  --profile <name>           the AWS profile whose account it runs in
  --from-environment         the credentials of the environment instead, as in CI
  --region <region>          the region
  --endpoint <url>           an emulator instead of AWS, such as the embedded AWS
  --account <id>             refuse to run in any other account
  --yes                      do not ask before making something that costs money

  --id <id>                  the run's id: the stage is prove-<id>; default random, or the run that was cut off
  --new                      begin another run although one was cut off
  --clean-up                 only remove what runs have left behind: those of this checkout, or --id

  --only <steps>             of the steps between deployment and removal, only these
  --parameters <names>       of the parameters, walk only these
  --with <name=value>        a value for a parameter that needs something outside the stack
  --contract <endpoint>      of the contract suite, only this endpoint's cases
  --probes <names>           of the probes, only these
  --folder <folder>          where journals are kept (default .prove)
  --evidence <folder>        where the evidence goes (default .prove/<id>/evidence)
  --list                     print steps, parameters and probes, and do nothing

More: docs/proving.md`;

const OPTIONS = {
  profile: { type: 'string' },
  'from-environment': { type: 'boolean' },
  region: { type: 'string' },
  endpoint: { type: 'string' },
  account: { type: 'string' },
  yes: { type: 'boolean' },
  id: { type: 'string' },
  new: { type: 'boolean' },
  'clean-up': { type: 'boolean' },
  only: { type: 'string' },
  parameters: { type: 'string' },
  with: { type: 'string', multiple: true },
  contract: { type: 'string' },
  probes: { type: 'string' },
  evidence: { type: 'string' },
  folder: { type: 'string' },
  list: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  stage: { type: 'string' },
} as const;

/** Choices that a resumed run must repeat. */
export interface Choices {
  readonly only: readonly StepName[] | undefined;
  readonly parameters: readonly ParameterName[] | undefined;
  readonly given: Readonly<Partial<Record<ParameterName, string>>>;
  readonly contract: string | undefined;
  readonly probes: readonly string[] | undefined;
  /** Not on AWS: some of it is left out. */
  readonly isEmulated: boolean;
}

/** Where a run goes. */
export interface Place {
  readonly profile: string | undefined;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly account: string | undefined;
}

export type Command =
  | { readonly type: 'help' | 'list' }
  | {
      readonly type: 'prove' | 'clean-up';
      readonly place: Place;
      readonly id: string | undefined;
      readonly isNew: boolean;
      readonly yes: boolean;
      readonly evidence: string | undefined;
      readonly folder: string | undefined;
      readonly choices: Choices;
    };

/** A command that calls AWS. */
export type Going = Extract<Command, { readonly place: Place }>;

const ID = /^[a-z][a-z0-9]{1,11}$/;
/** Whole words: `product` is none of these. */
const PRODUCTION = /(^|[^a-z])(prod|prd|production|live)([^a-z]|$)/i;

/**
 * @param args of the command line, without Node and the script
 * @throws ProveError for what is no option, and where a run could reach an account by accident
 */
export function readOptions(args: string[], environment = process.env): Command {
  const values = parse(args);
  if (values.help) return { type: 'help' };
  if (values.list) return { type: 'list' };
  if (values.stage !== undefined) {
    throw new ProveError(
      `There is no --stage: a proof makes a stage of its own, prove-<id>, and touches no other, not even '${values.stage}'. Leave it out, or name the run with --id.`,
    );
  }
  const { id, evidence, folder } = values;
  if (id !== undefined && (!ID.test(id) || PRODUCTION.test(id))) {
    throw new ProveError(
      `--id is '${id}'; it can be 2 to 12 lower-case letters and digits, a letter first, and not a name of production.`,
    );
  }
  return {
    type: values['clean-up'] ? 'clean-up' : 'prove',
    place: placeOf(values, environment),
    id,
    isNew: values.new ?? false,
    yes: values.yes ?? false,
    evidence,
    folder,
    choices: {
      only: values.only === undefined ? undefined : namesOf(values.only, STEP_NAMES, 'step'),
      parameters:
        values.parameters === undefined
          ? undefined
          : namesOf(values.parameters, parameterNames, 'parameter'),
      given: givenOf(values.with ?? []),
      contract: values.contract,
      probes: values.probes === undefined ? undefined : listOf(values.probes),
      isEmulated: values.endpoint !== undefined,
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/[.\n]/, 1);
    throw new ProveError(`${reason}. See npm run prove -- --help.`, { cause });
  }
}

type Values = ReturnType<typeof parse>;

function placeOf(values: Values, environment: NodeJS.ProcessEnv): Place {
  const { profile, region, endpoint, account } = values;
  const fromEnvironment = values['from-environment'] ?? false;
  if (region === undefined) {
    throw new ProveError(
      'Name the region: npm run prove -- --profile <name> --region <region>. Your defaults are not used.',
    );
  }
  if ((profile === undefined) === !fromEnvironment && endpoint === undefined) {
    throw new ProveError(
      'Say whose account it is: either --profile <name>, or --from-environment in CI. Your defaults are not used.',
    );
  }
  if (profile !== undefined && PRODUCTION.test(profile)) {
    throw new ProveError(
      `Profile '${profile}' looks like production. A proof belongs in an account for development or tests.`,
    );
  }
  if (endpoint === undefined && environment.AWS_ENDPOINT_URL) {
    throw new ProveError(
      `AWS_ENDPOINT_URL is ${environment.AWS_ENDPOINT_URL}. Unset it to run on AWS, or name it with --endpoint.`,
    );
  }
  if (account !== undefined && !/^\d{12}$/.test(account)) {
    throw new ProveError(`--account is '${account}'; it takes the 12 digits of an account's id.`);
  }
  return { profile, region, endpoint: endpoint?.replace(/\/+$/, ''), account };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

function namesOf<Name extends string>(text: string, known: readonly Name[], kind: string): Name[] {
  return listOf(text).map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) {
      throw new ProveError(`'${name}' is no ${kind}. There are ${known.join(', ')}.`);
    }
    return found;
  });
}

function givenOf(texts: readonly string[]): Partial<Record<ParameterName, string>> {
  const entries = texts.map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw new ProveError(`--with is '${text}'; it takes name=value.`);
    const [name] = namesOf(text.slice(0, at), parameterNames, 'parameter');
    return [name, text.slice(at + 1)];
  });
  return Object.fromEntries(entries);
}
