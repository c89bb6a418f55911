import type { Random } from './random';
import { randomRegex } from './random-regexes';
import { FRAGMENTS, METHODS, PATHS, PROPERTIES, STRINGS, VARIABLES } from './vocabulary';

/** Writes random templates: most of them valid, some of them broken afterwards. */
export class TemplateGenerator {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  template(): string {
    if (this.#random.chance(0.2)) return this.#soup();
    const prefix = this.#random.chance(0.8) ? "#set($r=$input.path('$'))" : '';
    const text = prefix + this.#block(3);
    return this.#random.chance(0.25) ? this.#broken(text) : text;
  }

  /** Pieces of syntax in any order. */
  #soup(): string {
    return Array.from({ length: 1 + this.#random.below(12) }, () =>
      this.#random.pick(FRAGMENTS),
    ).join('');
  }

  /** The template with some of it removed, doubled or replaced. */
  #broken(text: string): string {
    let broken = text;
    for (let i = 0; i <= this.#random.below(3); i++) {
      const at = this.#random.below(broken.length + 1);
      const length = this.#random.below(4);
      const inserted = this.#random.chance(0.7) ? this.#random.pick(FRAGMENTS) : '';
      broken = broken.slice(0, at) + inserted + broken.slice(at + length);
    }
    return broken;
  }

  #block(depth: number): string {
    return Array.from({ length: 1 + this.#random.below(4) }, () => this.#statement(depth)).join('');
  }

  #statement(depth: number): string {
    const { pick } = { pick: <T>(choices: readonly T[]) => this.#random.pick(choices) };
    const space = pick(['', '', ' ', '\n', '  \n', ' \t', '\r\n']);
    const kind = this.#random.below(depth > 0 ? 13 : 7);
    switch (kind) {
      case 0:
      case 1:
        return (
          pick([
            'x',
            ' a ',
            '\n',
            '"k": ',
            ', ',
            '{',
            '}',
            ' - ',
            'é',
            '\\',
            '. ',
            '#c',
            '$ ',
            '$5',
          ]) + space
        );
      case 2:
      case 3:
        return this.#reference(2) + space;
      case 4:
        return `${pick(['', ' ', '\n  '])}#set(${this.#target()} ${pick(['=', '= '])} ${this.#expression(2)})${space}`;
      case 5:
        return `${pick(['\\', '\\\\', '\\\\\\'])}${pick(['$r.n', '$nope', '#if(true)', '#set', '#foo', '$!r.n', '${r.n}'])}${space}`;
      case 6:
        return (
          pick([
            '## note\n',
            '#* note *#',
            '#[[ $r.n #if ]]#',
            '#nosuch',
            '#nosuch($r.n)',
            '#evaluate("$r.n")',
            '#**# ',
            '#stop',
            '#break',
          ]) + space
        );
      case 7:
      case 8:
        return `#if(${this.#expression(2)})${space}${this.#block(depth - 1)}${
          this.#random.chance(0.4) ? `#elseif(${this.#expression(1)})${this.#block(depth - 1)}` : ''
        }${this.#random.chance(0.5) ? `${pick(['#else', '#{else}'])}${space}${this.#block(depth - 1)}` : ''}#end${space}`;
      case 9:
      case 10:
        return `#foreach($${pick(['i', 'x', 'y'])} in ${this.#iterable()})${space}${this.#block(depth - 1)}${pick(['', '#if($foreach.hasNext),#end', '#break', '$foreach.index'])}#end${space}`;
      case 11:
        return `#define($d)${space}${this.#block(depth - 1)}#end${space}$d`;
      default:
        return `#macro(mm $a)${this.#block(depth - 1)}#end#mm(${this.#expression(0)})${space}`;
    }
  }

  #target(): string {
    return this.#random.pick([
      '$x',
      '$y',
      '$x',
      '$x.a',
      '$r.n',
      '$r.m.c',
      '$x[0]',
      '$r.l[1]',
      '$r.l[-1]',
      "$r.m['a']",
      '$nope.a',
      '$foreach.k',
      '${x}',
      '$!x',
      '$i',
      '$r.m.put(1)',
    ]);
  }

  #iterable(): string {
    return this.#random.pick([
      '$r.l',
      '$r.m',
      '$r.recs',
      '$r.el',
      '[1..3]',
      '[3..1]',
      '["a", "b"]',
      '$r.m.keySet()',
      '$r.m.entrySet()',
      '$r.s',
      '$nope',
      '$r.n',
      "$input.path('$.recs')",
      '$x',
      '[$r.n..2]',
      "$r.s.split('o')",
      '[1, $nope, null]',
      '$r.l.iterator()',
      '{"a": 1}',
      '$r.m.values()',
    ]);
  }

  #reference(depth: number): string {
    const path = this.#path(depth);
    return this.#random.pick([`$${path}`, `$${path}`, `\${${path}}`, `$!${path}`, `$!{${path}}`]);
  }

  #path(depth: number): string {
    if (this.#random.chance(0.12)) return this.#variableOfTheGateway();
    let path: string = this.#random.chance(0.7) ? 'r' : this.#random.pick(VARIABLES);
    for (let i = this.#random.below(3) + (path === 'r' ? 1 : 0); i > 0; i--) {
      const kind = this.#random.below(5);
      if (kind < 3) path += `.${this.#random.pick(PROPERTIES)}`;
      else if (kind === 3) path += `.${this.#method(depth)}`;
      else
        path += `[${this.#random.pick(['0', '1', '-1', '9', "'a'", '"b"', '$r.n', '$x', 'true'])}]`;
    }
    return path;
  }

  #variableOfTheGateway(): string {
    const path = this.#random.pick(PATHS);
    return this.#random.pick([
      `input.path('${path}')`.replaceAll("''", "'"),
      `input.path("${path}")`,
      `input.json("${path}")`,
      'input.body',
      "input.params('both')",
      "input.params('none')",
      'input.params().path.id',
      'input.params().header',
      'stageVariables.name',
      'stageVariables.with-dash',
      'util.escapeJavaScript($r.u)',
      'util.base64Encode($r.u)',
      'util.urlEncode($r.u)',
      "util.urlDecode('a%20b+c')",

      "util.parseJson('{a:[1,{b:2}]}')",
      'context.stage',
      'context.identity.sourceIp',
    ]);
  }

  #method(depth: number): string {
    const method = this.#random.pick(METHODS).replaceAll('%', () => this.#argument(depth - 1));
    // One argument more than any variant takes, or the only one.
    const extra = this.#random.chance(0.05) ? this.#argument(0) : '';
    if (extra === '') return method;
    return method.endsWith('()')
      ? method.replace('()', `(${extra})`)
      : method.replace(/\)$/, `, ${extra})`);
  }

  #argument(depth: number): string {
    if (this.#random.chance(0.1)) return `'${randomRegex(this.#random)}'`;
    if (depth > 0 && this.#random.chance(0.2)) return this.#reference(depth - 1);
    return this.#random.pick([
      ...STRINGS.map((text) => `'${text}'`),
      '0',
      '1',
      '2',
      '-1',
      '5',
      '3000000000',
      '1.5',
      'true',
      '[1, 2]',
      '{"a": 2}',
      '[1..2]',
      'null',
      '$r.n',
      '$r.s',
      '$r.l',
      '$nope',
      '$x',
    ]);
  }

  #expression(depth: number): string {
    const kind = this.#random.below(depth > 0 ? 10 : 5);
    switch (kind) {
      case 0:
        return this.#random.pick([
          '1',
          '0',
          '7',
          '-3',
          '2.5',
          '.5',
          '1e3',
          '2147483647',
          '9223372036854775807',
          '12345678901234567890',
          'true',
          'false',
        ]);
      case 1:
        return `"${this.#random.pick(['a', '$r.name', 'x${r.n}y', '#if($r.t)y#end', '', 'a""b', '\\u0041', '$', '#', 'a ## b', '$x$y', '$.l', 'c $r.nope.'])}"`;
      case 2:
        return `'${this.#random.pick(STRINGS)}'`;
      case 3:
      case 4:
        return this.#reference(1);
      case 5:
        return `${this.#expression(depth - 1)} ${this.#random.pick(['+', '-', '*', '/', '%', '==', '!=', '<', '>', '<=', '>=', '&&', '||', 'and', 'or', 'eq', 'gt', 'ne'])} ${this.#expression(depth - 1)}`;
      case 6:
        return `(${this.#expression(depth - 1)})`;
      case 7:
        return `${this.#random.pick(['!', '! ', 'not '])}${this.#expression(depth - 1)}`;
      case 8:
        return `[${this.#expression(0)}, ${this.#expression(0)}]`;
      default:
        return `{"a": ${this.#expression(0)}, ${this.#random.pick(['"b"', '1', '$r.n', "'c'"])}: ${this.#expression(0)}}`;
    }
  }
}
