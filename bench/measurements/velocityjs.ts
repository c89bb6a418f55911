/** Renders the template for a request body. */
export type Render = (body: string) => string;

/** The part of velocityjs 2 that the bench uses. */
interface Velocityjs {
  parse(template: string): unknown;
  Compile: new (
    ast: unknown,
    config: { escape: boolean },
    methods: readonly MethodHandler[],
  ) => { render(context: unknown, macros: unknown, silent: boolean): string };
}

interface MethodCall {
  readonly property: string;
  readonly context: unknown;
  readonly params: readonly unknown[];
}

interface MethodHandler {
  readonly uid: string;
  match(call: MethodCall): boolean;
  resolve(call: MethodCall): unknown;
}

/** The methods of java.lang.String that the template calls, which velocityjs does not have. */
const METHODS: readonly MethodHandler[] = [
  method('length', (text) => text.length),
  method('contains', (text, [part]) => text.includes(String(part))),
  method('replaceAll', (text, [pattern, by]) =>
    text.replace(new RegExp(String(pattern), 'g'), String(by)),
  ),
];

function method(
  uid: string,
  resolve: (text: string, params: readonly unknown[]) => unknown,
): MethodHandler {
  return {
    uid,
    match: ({ property }) => property === uid,
    // API Gateway's Velocity has "" for a method that the value does not have.
    resolve: ({ context, params }) => (typeof context === 'string' ? resolve(context, params) : ''),
  };
}

const util = {
  escapeJavaScript: (text: unknown) => JSON.stringify(String(text ?? '')).slice(1, -1),
  base64Encode: (text: unknown) => Buffer.from(String(text)).toString('base64'),
};

/**
 * velocityjs with what API Gateway gives a template, as far as this project's template needs it.
 */
export function velocityjsRenderer(velocityjs: unknown, template: string): Render {
  const { parse, Compile } = velocityjs as Velocityjs;
  const ast = parse(template);
  return (body) => {
    const document: unknown = JSON.parse(body);
    const input = {
      params: () => 'orders',
      path: (path: string) => at(document, path),
      json: (path: string) => JSON.stringify(at(document, path) ?? ''),
    };
    return new Compile(ast, { escape: false }, METHODS).render({ input, util }, {}, true);
  };
}

/** JSONPath as far as the template uses it: names and indexes. */
function at(document: unknown, path: string): unknown {
  let value = document;
  for (const [, name, index] of path.slice(1).matchAll(/\.([\w-]+)|\[(\d+)\]/g)) {
    value = (value as Record<string, unknown> | undefined)?.[name ?? index ?? ''];
  }
  return value;
}
