import type { DeployedStack, Target } from '../target';

/** A template's value with its intrinsics filled in, as CloudFormation did at the deployment. */
export function resolve(value: unknown, target: Target, stack: DeployedStack): unknown {
  const inner = (item: unknown): unknown => resolve(item, target, stack);
  if (Array.isArray(value)) return value.map(inner);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return refer(String(value.Ref), target, stack);
  if ('Fn::Sub' in value) {
    return String(value['Fn::Sub']).replace(/\$\{([A-Za-z0-9:]+)\}/g, (_, name: string) =>
      refer(name, target, stack),
    );
  }
  if ('Fn::Split' in value) {
    const [separator, text] = value['Fn::Split'] as readonly [string, string];
    return text.split(separator);
  }
  if ('Fn::GetAtt' in value) {
    const [id, attribute] = value['Fn::GetAtt'] as readonly [string, string];
    return attributeOf(id, attribute, target, stack);
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inner(item)]));
}

function refer(name: string, { region }: Target, stack: DeployedStack): string {
  switch (name) {
    case 'AWS::Partition':
      return stack.partition;
    case 'AWS::Region':
      return region;
    case 'AWS::AccountId':
      return stack.accountId;
    default:
      return stack.physicalIds[name] ?? name;
  }
}

/** The attributes that the stack uses: the ARNs of its role and of its log group. */
function attributeOf(
  id: string,
  attribute: string,
  { region }: Target,
  { physicalIds, template, partition, accountId }: DeployedStack,
): string {
  const physicalId = physicalIds[id] ?? id;
  if (attribute !== 'Arn') return `${physicalId}.${attribute}`;
  return template.Resources[id]?.Type === 'AWS::IAM::Role'
    ? `arn:${partition}:iam::${accountId}:role/${physicalId}`
    : `arn:${partition}:logs:${region}:${accountId}:log-group:${physicalId}`;
}
