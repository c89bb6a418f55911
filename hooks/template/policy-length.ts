/** Other attributes of resources: about as long as an ARN. */
const UNKNOWN = 'x'.repeat(100);

/**
 * How many characters IAM counts in a policy of a template, whose intrinsic functions CloudFormation
 * has filled in: all but white space outside of texts. References to resources are taken to be 100
 * characters long.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function policyLength(policy: unknown, region: string): number {
  return (JSON.stringify(filledIn(policy, pseudoParameters(region))) ?? '').length;
}

type Known = Readonly<Record<string, string>>;

const pseudoParameters = (region: string): Known => ({
  'AWS::Region': region,
  'AWS::AccountId': '1'.repeat(12),
  'AWS::Partition': partitionOf(region),
  'AWS::URLSuffix': region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com',
});

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

const VARIABLE = /\$\{([A-Za-z0-9:.]+)\}/g;

function filledIn(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((item) => filledIn(item, known));
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  const isFunction = others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
  if (isFunction) return resultOf(name, argument, known);
  return Object.fromEntries(
    Object.entries(value).map(([member, item]) => [member, filledIn(item, known)]),
  );
}

function resultOf(name: string, argument: unknown, known: Known): unknown {
  const named = (id: string, all = known) => all[id] ?? UNKNOWN;
  switch (name) {
    case 'Ref':
      return named(String(argument));
    case 'Fn::Sub': {
      const [text, given = {}] = Array.isArray(argument) ? argument : [argument];
      const variables = filledIn(given, known) as Record<string, unknown>;
      const all = { ...known, ...(variables as Known) };
      return String(text).replace(VARIABLE, (_, id: string) => named(id, all));
    }
    case 'Fn::Join': {
      const [between, parts] = argument as readonly [string, unknown];
      const filled = filledIn(parts, known);
      return Array.isArray(filled) ? filled.join(between) : filled;
    }
    case 'Fn::If': {
      const [, ...branches] = filledIn(argument, known) as readonly unknown[];
      return branches.sort((a, b) => lengthOf(b) - lengthOf(a))[0];
    }
    default:
      return UNKNOWN;
  }
}

const lengthOf = (value: unknown) => (JSON.stringify(value) ?? '').length;
