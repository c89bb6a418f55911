import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { type ParameterName, parameterNames } from '../../../resources/parameters';
import type { Choices } from '../options';
import { GROUPS, type Group, type Row, walk } from '../parameter-walk';
import { StepFailure } from '../prove-error';
import type { Found, Run, Step } from '../run';

type Values = Readonly<Partial<Record<ParameterName, string>>>;

/** A step for each group that has something to set: up in one deployment, down in the next. */
export function parameterSteps(choices: Choices): Step[] {
  return GROUPS.flatMap((group) => {
    const values = valuesOf(group, choices);
    const names = Object.keys(values);
    if (names.length === 0) return [];
    return [
      {
        name: `parameters-${group}`,
        title: `Sets ${names.join(', ')}, and takes that back`,
        run: (run: Run) => upAndDown(run, `parameters-${group}`, values),
      },
    ];
  });
}

/** Parameters that no step walks, by the reason. */
export function leftOut(choices: Choices): string[] {
  const reasons = parameterNames.flatMap((name) => {
    const row: Row = walk[name];
    if (!isChosen(name, choices)) return [];
    if ('never' in row) return [{ name, reason: row.never }];
    if ('awsOnly' in row && choices.isEmulated) return [{ name, reason: row.awsOnly }];
    if ('value' in row || choices.given[name] !== undefined) return [];
    return [{ name, reason: `needs ${row.outside}; --with ${name}=…` }];
  });
  return [...new Set(reasons.map(({ reason }) => reason))].map((reason) => {
    const names = reasons.filter((one) => one.reason === reason).map(({ name }) => name);
    return `${names.join(', ')}: ${reason}`;
  });
}

const isChosen = (name: ParameterName, { parameters }: Choices): boolean =>
  parameters?.includes(name) ?? true;

function valuesOf(group: Group, choices: Choices): Values {
  const entries = parameterNames.flatMap((name) => {
    const row: Row = walk[name];
    if ('never' in row || row.group !== group || !isChosen(name, choices)) return [];
    if ('awsOnly' in row && choices.isEmulated) return [];
    const value = choices.given[name] ?? ('value' in row ? row.value : undefined);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

async function upAndDown(run: Run, name: string, values: Values): Promise<Found> {
  const before = await run.memory.once(name, () => declared(run));
  const chosen = Object.entries(values).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  // Verification says of each whether the stage has become what the parameters say.
  await run.cli.succeed('deploy', '--allow-protected', ...chosen);
  const up = await declared(run);
  const ignored = Object.entries(values).filter(([name, value]) => up[name] !== value);
  if (ignored.length > 0) throw new StepFailure(`Without effect: ${named(ignored)}`);
  await run.cli.succeed('deploy', '--allow-protected');
  const down = await declared(run);
  const stuck = Object.entries(down).filter(([name, value]) => before[name] !== value);
  if (stuck.length > 0) throw new StepFailure(`Not taken back: ${named(stuck)}`);
  run.evidence.write(`parameters-${Object.keys(values).join('-').slice(0, 60)}`, {
    before,
    up,
    down,
  });
  return {};
}

const named = (entries: readonly (readonly [string, string])[]): string =>
  entries.map(([name, value]) => `${name}=${value}`).join(', ');

/** The parameters that the deployed stack remembers. */
async function declared({ clients, stackName }: Run): Promise<Record<string, string>> {
  const { TemplateBody = '{}' } = await clients.cloudFormation.send(
    new GetTemplateCommand({ StackName: stackName }),
  );
  const { Metadata } = JSON.parse(TemplateBody) as {
    Metadata?: { KinesisRestProxy?: { parameters?: Record<string, unknown> } };
  };
  const parameters = Metadata?.KinesisRestProxy?.parameters ?? {};
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, String(value)]),
  );
}
