import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bodyOf, senderKind, senderNames } from '../resources/events/senders';
import { declaredStreams } from '../resources/streams/declared';
import { MEMBERS, memberNames } from '../resources/streams/members';
import { table } from './markdown';

const DECLARATION = path.join(__dirname, '..', 'resources', 'streams', 'declaration.ts');

/** A member of `StreamSettings` with its comment, as the source has them. */
const MEMBER = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\?:/g;

/** Comments of members in the source, in one line each. */
function comments(): ReadonlyMap<string, string> {
  const source = readFileSync(DECLARATION, 'utf8');
  const settings = source.slice(source.indexOf('export interface StreamSettings'));
  return new Map(
    Array.from(settings.matchAll(MEMBER), ([, comment = '', name = '']) => [
      name,
      comment.replace(/\s*\n\s*\*\s*/g, ' ').trim(),
    ]),
  );
}

/** Defaults that the value alone does not explain. */
const DEFAULTS: Partial<Record<keyof typeof MEMBERS, string>> = {
  streamName: '`<service>-<stage>-<name>`',
  kmsKeyArn: "AWS's key",
  key: '`request-id`',
  sample: 'beside the schema',
  authorization: "the stage's",
  testRecords: '`false`; `true` on stage `local`',
};

/** Every member of a declaration, for docs/events.md. @throws Error for one without a comment */
export function memberTable(): string {
  const [bare] = declaredStreams({ bare: {} }, { stage: 'dev', folder: '.' });
  const defaults: Readonly<Record<string, unknown>> = { ...bare };
  const described = comments();
  return table(
    ['member', 'default', 'takes', 'what it does'],
    memberNames.map((name) => {
      const comment = described.get(name);
      if (comment === undefined) throw new Error(`declaration.ts: ${name} has no comment.`);
      return [
        `\`${name}\``,
        DEFAULTS[name] ?? defaultText(defaults[name]),
        escaped(MEMBERS[name].inWords),
        escaped(comment),
      ];
    }),
  );
}

function defaultText(value: unknown): string {
  if (value === undefined) return 'none';
  if (typeof value === 'object' && value !== null) {
    const items = Array.isArray(value) ? value : Object.keys(value);
    return items.length === 0 ? 'none' : items.map((item) => `\`${item}\``).join(', ');
  }
  return `\`${value}\``;
}

/** For a cell of a table: outside of code, `<name>` would be markup. */
const escaped = (text: string) =>
  text
    .replaceAll('|', '\\|')
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;') : part))
    .join('`');

/** Every kind of sender, for docs/events.md. */
export function senderTable(): string {
  return table(
    ['sender', 'endpoint', 'content types', 'sends again'],
    senderNames.map((name) => {
      const { bodies, sendsOnce } = senderKind(name);
      const kinds = bodies.map(bodyOf);
      const { path: where = '' } = kinds[0] ?? {};
      const types = new Set(kinds.flatMap(({ contentTypes }) => contentTypes.map(bareType)));
      return [
        `\`${name}\``,
        `\`${where === '/pixel' ? 'GET' : 'POST'} /events/{name}${where}\``,
        where === '/pixel' ? 'no body: the query is the event' : [...types].map(code).join(', '),
        sendsOnce ? 'no' : 'yes',
      ];
    }),
  );
}

const code = (text: string) => `\`${text}\``;

/** Without the charset. */
const bareType = (type: string) => type.replace(/;.*/, '');
