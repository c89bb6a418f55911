import { JavaMap, JavaMapView } from '../java/map';
import { SelfPrinting, toJavaString } from '../java/to-string';
import type { JavaValue } from '../java/values';
import { MAP_METHODS } from '../methods/map-methods';
import { type MethodRow, MethodTable } from '../methods/method-table';

/** `$foreach`: the state of the loop; also a map in which templates may store values. */
export class ForeachScope extends SelfPrinting {
  readonly javaClass = 'org.apache.velocity.runtime.directive.ForeachScope';
  /** The enclosing loop. */
  readonly parent: ForeachScope | null;
  /** The value of `$foreach` before the outermost loop. */
  readonly replaced: JavaValue;
  readonly storage = new JavaMap();
  index = -1;
  hasNext = false;

  constructor(previous: JavaValue) {
    super();
    this.parent = previous instanceof ForeachScope ? previous : null;
    this.replaced = this.parent === null ? previous : this.parent.replaced;
  }

  /** A value stored in this loop or in an enclosing one. */
  get(key: JavaValue): JavaValue {
    if (this.storage.has(key) || this.parent === null) return this.storage.get(key);
    return this.parent.get(key);
  }

  put(key: JavaValue, value: JavaValue): JavaValue {
    return this.storage.put(key, value);
  }

  get topmost(): ForeachScope {
    return this.parent === null ? this : this.parent.topmost;
  }

  print(): string | null {
    return toJavaString(this.storage);
  }
}

const LOOP: readonly MethodRow<ForeachScope>[] = [
  ['getIndex', '', (target) => target.index],
  ['getCount', '', (target) => target.index + 1],
  ['hasNext', '', (target) => target.hasNext],
  ['getHasNext', '', (target) => target.hasNext],
  ['isFirst', '', (target) => target.index < 1],
  ['getFirst', '', (target) => target.index < 1],
  ['isLast', '', (target) => !target.hasNext],
  ['getLast', '', (target) => !target.hasNext],
  ['getParent', '', (target) => target.parent],
  ['getTopmost', '', (target) => target.topmost],
  ['getReplaced', '', (target) => target.replaced],
  ['get', 'Object', (target, values) => target.get(values.value(0))],
  ['toString', '', (target) => target.print()],
];

/** As a map, a loop has the methods of its storage. */
const MAP_METHOD_ROWS = (
  [
    ['size', ''],
    ['isEmpty', ''],
    ['put', 'Object Object'],
    ['putAll', 'Map'],
    ['remove', 'Object'],
    ['containsKey', 'Object'],
    ['containsValue', 'Object'],
    ['clear', ''],
    ['getOrDefault', 'Object Object'],
    ['putIfAbsent', 'Object Object'],
  ] as const
).map(
  ([name, parameters]): MethodRow<ForeachScope> => [
    name,
    parameters,
    (target, values) => MAP_METHODS.invoke(target.storage, name, values.values) ?? null,
  ],
);

const VIEWS: readonly MethodRow<ForeachScope>[] = [
  ['keySet', '', (target) => new JavaMapView(target.storage, 'keys')],
  ['values', '', (target) => new JavaMapView(target.storage, 'values')],
  ['entrySet', '', (target) => new JavaMapView(target.storage, 'entries')],
];

export const FOREACH_SCOPE_METHODS = new MethodTable<ForeachScope>(
  'org.apache.velocity.runtime.directive.ForeachScope',
  [LOOP, MAP_METHOD_ROWS, VIEWS],
  ['getInfo'],
);
