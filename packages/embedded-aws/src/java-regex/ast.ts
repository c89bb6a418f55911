/** Returns true if a code point belongs to a class. */
export type CharacterTest = (codePoint: number) => boolean;

/** The dot that matches line breaks, too: one function, so that it is known when it is met. */
export const anyCharacter: CharacterTest = () => true;

const ANCHORS = ['^', '^m', '$', '$m', 'A', 'z', 'Z', 'b', 'B', 'G'] as const;

export type Anchor = (typeof ANCHORS)[number];

export type QuantifierMode = 'greedy' | 'lazy' | 'possessive';

export type RegexNode =
  | { readonly type: 'character'; readonly test: CharacterTest }
  | { readonly type: 'lineBreak' }
  | { readonly type: 'anchor'; readonly anchor: Anchor }
  | { readonly type: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly type: 'alternatives'; readonly options: readonly RegexNode[] }
  | { readonly type: 'group'; readonly index: number; readonly body: RegexNode }
  | { readonly type: 'backreference'; readonly index: number; readonly ignoresCase: boolean }
  | {
      readonly type: 'look';
      readonly behind: boolean;
      readonly negated: boolean;
      readonly body: RegexNode;
    }
  | { readonly type: 'atomic'; readonly body: RegexNode }
  | {
      readonly type: 'repeat';
      readonly body: RegexNode;
      readonly min: number;
      readonly max: number;
      readonly mode: QuantifierMode;
    };

export interface RegexProgram {
  readonly root: RegexNode;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
}
