import type { JavaValue } from '../java/values';

/** A parsed template, or the block of a directive. */
export type Block = readonly Statement[];

export type Statement =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reference'; readonly reference: Reference }
  | { readonly type: 'set'; readonly target: Reference; readonly value: Expression }
  | IfStatement
  | ForeachStatement
  | { readonly type: 'define'; readonly name: string; readonly block: Block }
  | { readonly type: 'break'; readonly scope: Expression | undefined }
  | { readonly type: 'stop'; readonly message: Expression | undefined }
  /** What Velocity prints as it stands: a call of an unknown macro, the block of `#literal`. */
  | { readonly type: 'literal'; readonly text: string };

export interface IfStatement {
  readonly type: 'if';
  readonly branches: readonly { readonly condition: Expression; readonly block: Block }[];
  readonly otherwise: Block;
}

export interface ForeachStatement {
  readonly type: 'foreach';
  readonly variable: string;
  /** Absent when the directive has another form; then nothing is iterated. */
  readonly list: Expression | undefined;
  readonly block: Block;
  /** `#foreach($x)`: Velocity fails, but not before the loop is reached. */
  readonly incomplete: boolean;
}

export type Expression =
  | { readonly type: 'constant'; readonly value: JavaValue }
  | { readonly type: 'interpolation'; readonly block: Block; readonly trimsLast: boolean }
  | { readonly type: 'reference'; readonly reference: Reference }
  | { readonly type: 'range'; readonly from: Expression; readonly to: Expression }
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'not'; readonly operand: Expression }
  | BinaryExpression
  /** A word among a directive's arguments: has no value. */
  | { readonly type: 'word' };

export const ARITHMETIC_OPERATORS = ['+', '-', '*', '/', '%'] as const;
const COMPARISON_OPERATORS = ['<', '<=', '>', '>='] as const;
const BINARY_OPERATORS = [
  ...ARITHMETIC_OPERATORS,
  ...COMPARISON_OPERATORS,
  '==',
  '!=',
  '&&',
  '||',
] as const;

export type ArithmeticOperator = (typeof ARITHMETIC_OPERATORS)[number];
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

export interface BinaryExpression {
  readonly type: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** The operands' source, which `+` uses for an operand that has no value. */
  readonly leftText: string;
  readonly rightText: string;
}

/** `$name[index].property.method(arguments)` with all that escapes and `!` do to it. */
export interface Reference {
  /** A bare name among method arguments (`null`): has no value. */
  readonly isRunt: boolean;
  /** Written with `$\!`: printable, but without a value in expressions. */
  readonly isComputable: boolean;
  /** Preceded by an odd number of backslashes: printed instead of evaluated. */
  readonly isEscaped: boolean;
  readonly root: string;
  readonly path: readonly ReferenceStep[];
  /** The name that `#set`, `#define` and `#foreach` assign to when there is no path. */
  readonly assignedName: string;
  /** Printed before the value. */
  readonly prefix: string;
  /** Printed before the reference's source when it is escaped. */
  readonly escapePrefix: string;
  /** Printed instead of a value that is null. */
  readonly nullText: string;
}

export type ReferenceStep =
  | { readonly type: 'property'; readonly name: string }
  | { readonly type: 'method'; readonly name: string; readonly parameters: readonly Expression[] }
  | { readonly type: 'index'; readonly index: Expression };
