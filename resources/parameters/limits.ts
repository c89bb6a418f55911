import { canaryFunctionName } from '../canary-name';
import { StackError } from '../errors';
import { parameterNames } from '../parameters';

// AWS limits on combinations of parameters and names. Checked here because CloudFormation would
// fail on them after creating half of the stack.

/** Identifies the stack: its name is made of service and stage. */
export interface Place {
  readonly service: string;
  readonly stage: string;
  readonly region: string;
}

type Values = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
const STACK_NAME = 128;
/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const FUNCTION_NAME = 64;
/** Limit on a function's variables, names and values, less a reserve for resolved references. */
const ENVIRONMENT = 4_096 - 512;

/**
 * Checks names, lengths, regions and accounts.
 * @param values all of a stage's resolved values by name
 * @throws StackError that names the limit and what to shorten or change
 */
export function checkLimits(values: Values, place: Place): void {
  checkNames(values, place);
  for (const name of ['webAclArn', 'certificateArn', 'alarmTopicArn', 'kmsKeyArns']) {
    for (const arn of String(values[name] ?? '').split(',')) {
      checkRegion(`Parameter '${name}'`, arn, place.region);
    }
  }
  for (const name of ['webAclArn', 'certificateArn', 'permissionsBoundaryArn']) {
    checkAccount(name, String(values[name] ?? ''), String(values.accountId ?? ''));
  }
}

function checkNames(values: Values, { service, stage }: Place): void {
  const stack = `${service}-${stage}`;
  if (stack.length > STACK_NAME) throw tooLong('stack', stack, STACK_NAME);
  if (!values.canary) return;
  const canary = canaryFunctionName(service, stage);
  if (canary.length > FUNCTION_NAME) throw tooLong("canary's function", canary, FUNCTION_NAME);
  const environment = parameterNames
    .map((name) => `PARAMETER_${name}${values[name] ?? ''}`)
    .join('');
  if (environment.length > ENVIRONMENT) {
    throw new StackError(
      `The canary's function gets the stage's parameters as its environment, and they are too long for one: shorten 'invokeUrl', 'corsOrigins', 'kafkaRestUrl' or 'kmsKeyArns', or leave out 'canary'.`,
    );
  }
}

function tooLong(what: string, name: string, longest: number): StackError {
  return new StackError(
    `The name of the ${what} would be '${name}', ${name.length} characters of which AWS takes ${longest}. Shorten the stage's or the service's name by ${name.length - longest}.`,
  );
}

/**
 * Rejects an ARN of another account than the stage's. AWS's own are in none.
 * @throws StackError
 */
function checkAccount(name: string, arn: string, accountId: string): void {
  const [, , , , given = 'aws'] = arn.split(':');
  if (accountId === '' || given === accountId || given === 'aws') return;
  throw new StackError(
    `Parameter '${name}' is of account ${given}, and the stage belongs to ${accountId} ('accountId'). Give one of the same account.`,
  );
}

/**
 * CloudWatch, API Gateway, WAF and Kinesis accept ARNs of the stack's own region only.
 * @throws StackError
 */
export function checkRegion(name: string, arn: string, region: string): void {
  const [, , , given] = arn.split(':');
  if (given === undefined || given === region) return;
  throw new StackError(
    `${name} is of region ${given}, and the stage is deployed to ${region}. Give one of the same region.`,
  );
}
