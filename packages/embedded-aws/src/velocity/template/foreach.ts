import { TemplateEvaluationError } from '../errors';
import { type Cursor, JavaCollection, JavaIterator } from '../java/collection';
import { JavaMap, JavaMapView } from '../java/map';
import type { JavaValue } from '../java/values';
import { FOREACH_ITERATIONS } from '../limits';
import { templateName } from '../names';
import type { ForeachStatement } from './ast';
import type { RenderBlock } from './compiled';
import { compileExpression } from './expressions';
import { ForeachScope } from './foreach-scope';
import { type Renderer, StopSignal } from './renderer';
import { NullElementVariables, type Variables } from './variables';

const COUNT = templateName('velocityCount');
const HAS_NEXT = templateName('velocityHasNext');
const SCOPE = templateName('foreach');

/** @param block rendered for each element */
export function compileForeach(statement: ForeachStatement, block: RenderBlock): RenderBlock {
  const { incomplete } = statement;
  const variable = templateName(statement.variable);
  const list = statement.list && compileExpression(statement.list);
  const loop: Loop = { variable, block };
  return (variables, renderer) => {
    renderer.step();
    if (incomplete) throw new TemplateEvaluationError('#foreach has no list to iterate over');
    const iterated = list === undefined ? null : list(variables, renderer);
    const cursor = cursorOf(iterated);
    if (cursor !== undefined) run(loop, cursor, variables, renderer);
  };
}

interface Loop {
  readonly variable: string;
  readonly block: RenderBlock;
}

function run(loop: Loop, cursor: Cursor, variables: Variables, renderer: Renderer): void {
  const saved = [loop.variable, COUNT, HAS_NEXT].map(
    (name) => [name, variables.get(name)] as const,
  );
  const scope = new ForeachScope(variables.get(SCOPE));
  variables.put(SCOPE, scope);
  const restore = () => {
    for (const [name, value] of saved) assignOrRemove(variables, name, value);
    leaveScope(variables);
  };
  try {
    iterate(loop, cursor, scope, variables, renderer);
  } catch (signal) {
    if (!(signal instanceof StopSignal)) throw signal;
    if (signal.target !== 'nearest' && signal.target !== scope) {
      restore();
      throw signal;
    }
  }
  restore();
}

function iterate(
  { variable, block }: Loop,
  cursor: Cursor,
  scope: ForeachScope,
  variables: Variables,
  renderer: Renderer,
): void {
  let nullVariables: Variables | undefined;
  for (let count = 1; count <= FOREACH_ITERATIONS && cursor.hasNext(); count++) {
    variables.put(COUNT, count);
    const element = cursor.next();
    const hasNext = cursor.hasNext();
    variables.put(HAS_NEXT, hasNext);
    variables.put(variable, element);
    scope.index++;
    scope.hasNext = hasNext;
    if (element === null) nullVariables ??= new NullElementVariables(variable, variables);
    renderer.step();
    block(element === null ? (nullVariables ?? variables) : variables, renderer);
  }
}

function assignOrRemove(variables: Variables, name: string, value: JavaValue): void {
  if (value === null) variables.remove(name);
  else variables.put(name, value);
}

/** Restores `$foreach` to the enclosing loop, or to its previous value. */
function leaveScope(variables: Variables): void {
  const current = variables.get(SCOPE);
  if (!(current instanceof ForeachScope)) return;
  assignOrRemove(variables, SCOPE, current.parent ?? current.replaced);
}

/** Lists and sets iterate over elements, maps over values; other values are not iterated. */
function cursorOf(value: JavaValue): Cursor | undefined {
  if (value instanceof JavaCollection) return value.cursor();
  if (value instanceof JavaMap) return new JavaMapView(value, 'values').cursor();
  if (value instanceof JavaIterator) return value.cursor;
  if (value instanceof ForeachScope) return new JavaMapView(value.storage, 'values').cursor();
  return undefined;
}
