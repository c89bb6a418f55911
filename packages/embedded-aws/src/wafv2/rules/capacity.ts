import { listProperty, objectOf, textProperty } from '../../core/properties';
import { CORE_RULE_SET_CAPACITY } from './core-rule-set';

const BY_POSITION: Readonly<Record<string, number>> = { EXACTLY: 2, STARTS_WITH: 2, ENDS_WITH: 2 };
const CONTAINS = 10;
const TRANSFORMATION = 10;

/**
 * The web ACL capacity units that rules use.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html
 */
export function capacityOf(rules: readonly unknown[] = []): number {
  return sum(rules.map((rule) => ofStatement(objectOf(rule).Statement)));
}

function ofStatement(value: unknown): number {
  const [[kind, given] = ['', {}]] = Object.entries(objectOf(value));
  const statement = objectOf(given);
  const transformations = listProperty(statement, 'TextTransformations').filter(
    (each) => textProperty(objectOf(each), 'Type') !== 'NONE',
  );
  const transforming = transformations.length * TRANSFORMATION;
  switch (kind) {
    case 'ManagedRuleGroupStatement':
      return CORE_RULE_SET_CAPACITY + ofStatement(statement.ScopeDownStatement);
    case 'AndStatement':
    case 'OrStatement':
      return sum(listProperty(statement, 'Statements').map(ofStatement));
    case 'NotStatement':
      return ofStatement(statement.Statement);
    case 'ByteMatchStatement': {
      const position = textProperty(statement, 'PositionalConstraint') ?? '';
      return (BY_POSITION[position] ?? CONTAINS) + transforming;
    }
    case 'SizeConstraintStatement':
    case 'LabelMatchStatement':
      return 1 + transforming;
    default:
      return 0;
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
