import type { LambdaClient } from '@aws-sdk/client-lambda';
import { compare, type Difference } from './compare';
import {
  compareSets,
  declaredOf,
  type Look,
  missing,
  orMissing,
  physicalIdOf,
  settingsOf,
} from './look';
import type { Properties } from './shapes';

interface Statement {
  readonly Principal?: { readonly Service?: string } | string;
  readonly Action?: string;
  readonly Condition?: { readonly ArnLike?: Readonly<Record<string, string>> };
}

/** The settings of a function, how often it is tried again, and who may invoke it. Its code is not read. */
export const lookAtFunctions: Look = async (site, declared) => {
  const permissions = declaredOf(site, 'AWS::Lambda::Permission');
  if (declared.length === 0 && permissions.length === 0) return [];
  const lambda = await import('@aws-sdk/client-lambda');
  const client = site.patient('Lambda', new lambda.LambdaClient(settingsOf(site)));
  const found: Difference[] = [];
  const foreign = new Set(permissions);
  for (const [id, properties] of declared) {
    const FunctionName = physicalIdOf(site, id);
    const where = `Function ${id}`;
    const live = await orMissing(
      client.send(new lambda.GetFunctionConfigurationCommand({ FunctionName })),
    );
    found.push(
      ...compare(where, declaredFunction(properties), live && declaredFunction({ ...live })),
    );
    if (live === undefined) continue;
    const ofFunction = ([, given]: readonly [string, Properties]) =>
      [FunctionName, live.FunctionArn].includes(String(given.FunctionName));
    const own = permissions.filter(ofFunction);
    for (const permission of own) foreign.delete(permission);
    const retries = declaredOf(site, 'AWS::Lambda::EventInvokeConfig').find(ofFunction)?.[1];
    const config = await orMissing(
      client.send(
        new lambda.GetFunctionEventInvokeConfigCommand({
          FunctionName,
          Qualifier: String(retries?.Qualifier ?? '$LATEST'),
        }),
      ),
    );
    found.push(
      ...compare(where, { retries: retriesOf(retries) }, { retries: retriesOf(config) }),
      ...compareSets(
        `${where}: permission of`,
        own.map(toWords),
        (await statementsOf(client, new lambda.GetPolicyCommand({ FunctionName }))).map(inWords),
      ),
    );
  }
  for (const permission of foreign) {
    const [, { FunctionName }] = permission;
    const command = new lambda.GetPolicyCommand({ FunctionName: String(FunctionName) });
    const live = (await statementsOf(client, command)).map(inWords);
    const wanted = toWords(permission);
    // Other permissions on a function that is not the stack's are its owner's business.
    if (!live.includes(wanted))
      found.push(missing(`Function ${FunctionName}: permission of ${wanted}`));
  }
  return found;
};

const toWords = ([, { Principal, Action, SourceArn }]: readonly [string, Properties]) =>
  `${Principal} ${Action} ${SourceArn}`;

const declaredFunction = ({ Environment: environment, ...given }: Properties) => ({
  handler: given.Handler,
  runtime: given.Runtime,
  memory: given.MemorySize,
  timeout: given.Timeout,
  architectures: given.Architectures,
  role: given.Role,
  environment: (environment as Properties | undefined)?.Variables,
  layers: given.Layers,
});

const retriesOf = (config: object | undefined) => {
  const { MaximumRetryAttempts: retries } = (config ?? {}) as { MaximumRetryAttempts?: number };
  return retries === undefined ? undefined : String(retries);
};

async function statementsOf(
  client: LambdaClient,
  command: InstanceType<typeof import('@aws-sdk/client-lambda').GetPolicyCommand>,
): Promise<readonly Statement[]> {
  const { Policy: text = '{}' } = (await orMissing(client.send(command))) ?? {};
  return (JSON.parse(text) as { Statement?: Statement[] }).Statement ?? [];
}

function inWords({ Principal: principal, Action, Condition }: Statement): string {
  const who = typeof principal === 'string' ? principal : principal?.Service;
  return `${who ?? JSON.stringify(principal)} ${Action} ${Condition?.ArnLike?.['AWS:SourceArn']}`;
}
