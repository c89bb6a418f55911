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
  /** Source that Velocity prints verbatim: a call of an unknown macro, the block of `#literal`. */
  | { readonly type: 'literal'; readonly text: string };

export interface IfStatement {
  readonly type: 'if';
  readonly branches: readonly { readonly condition: Expression; readonly block: Block }[];
  readonly otherwise: Block;
}

export interface ForeachStatement {
  readonly type: 'foreach';
  readonly variable: string;
  /** Undefined if the directive has another form; then nothing is iterated. */
  readonly list: Expression | undefined;
  readonly block: Block;
  /** `#foreach($x)`: Velocity fails, but only when the loop is reached. */
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
  /** A word among a directive's arguments; it has no value. */
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
  /** The source of the operands, which `+` uses for an operand without a value. */
  readonly leftText: string;
  readonly rightText: string;
}

/** `$name[index].property.method(arguments)`, with the effects of escapes and `!`. */
export interface Reference {
  /** A bare name among method arguments (`null`); it has no value. */
  readonly isRunt: boolean;
  /** False if written with `$\!`: printable, but without a value in expressions. */
  readonly isComputable: boolean;
  /** True if preceded by an odd number of backslashes: printed instead of evaluated. */
  readonly isEscaped: boolean;
  readonly root: string;
  readonly path: readonly ReferenceStep[];
  /** The name that `#set`, `#define` and `#foreach` assign to if there is no path. */
  readonly assignedName: string;
  /** Printed before the value. */
  readonly prefix: string;
  /** Printed before the source of an escaped reference. */
  readonly escapePrefix: string;
  /** Printed if the value is null. */
  readonly nullText: string;
}

export type ReferenceStep =
  | { readonly type: 'property'; readonly name: string }
  | { readonly type: 'method'; readonly name: string; readonly parameters: readonly Expression[] }
  | { readonly type: 'index'; readonly index: Expression };
