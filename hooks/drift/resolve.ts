import type { DeployedStack, Target } from '../stage/target';

/** A template's value with its intrinsics filled in, as CloudFormation did at the deployment. */
export function resolve(value: unknown, target: Target, stack: DeployedStack): unknown {
  const inner = (item: unknown): unknown => resolve(item, target, stack);
  if (Array.isArray(value)) return value.map(inner);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return refer(String(value.Ref), target, stack);
  if ('Fn::Sub' in value) {
    const [text, own = {}] = [value['Fn::Sub']].flat() as [string, Record<string, unknown>?];
    return text.replace(
      /\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}/g,
      (_, name: string, attribute?: string) => {
        if (Object.hasOwn(own, name)) return String(inner(own[name]));
        return attribute === undefined
          ? refer(name, target, stack)
          : attributeOf(name, attribute, target, stack);
      },
    );
  }
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as readonly [string, readonly unknown[]];
    return parts.map((part) => String(inner(part))).join(separator);
  }
  if ('Fn::Select' in value) {
    const [index, list] = value['Fn::Select'] as readonly [number, unknown];
    return (inner(list) as readonly unknown[])[Number(index)];
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
    case 'AWS::StackId':
      return stack.stackId ?? name;
    case 'AWS::URLSuffix':
      return stack.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    default:
      return stack.physicalIds[name] ?? name;
  }
}

/** ARNs of what the stack makes, after `arn:<partition>:`. */
const ARNS: Readonly<
  Record<string, (place: string, account: string, id: string, path: string) => string>
> = {
  'AWS::IAM::Role': (_, account, id, path) => `iam::${account}:role${path}${id}`,
  'AWS::Kinesis::Stream': (place, _, id) => `kinesis:${place}:stream/${id}`,
  'AWS::Logs::LogGroup': (place, _, id) => `logs:${place}:log-group:${id}:*`,
  'AWS::Lambda::Function': (place, _, id) => `lambda:${place}:function:${id}`,
  'AWS::CloudWatch::Alarm': (place, _, id) => `cloudwatch:${place}:alarm:${id}`,
  'AWS::Events::Rule': (place, _, id) => `events:${place}:rule/${id}`,
};

/** The attributes that the stack uses. */
function attributeOf(id: string, attribute: string, target: Target, stack: DeployedStack): string {
  const { physicalIds, template, partition, accountId } = stack;
  const physicalId = physicalIds[id] ?? id;
  const { Type: type = '', Properties: properties = {} } =
    template.Resources[id] ?? stack.resources?.[id] ?? {};
  const arn = ARNS[type];
  if (attribute !== 'Arn' || arn === undefined) return `${physicalId}.${attribute}`;
  const { Path: path = '/' } = properties as { Path?: unknown };
  const inPath = String(resolve(path, target, stack));
  return `arn:${partition}:${arn(`${target.region}:${accountId}`, accountId, physicalId, inPath)}`;
}
