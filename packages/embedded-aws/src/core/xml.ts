/**
 * A value for the query protocol: lists become `<member>`s, maps `<entry>`s with key and value;
 * absent members are omitted.
 */
export type XmlValue =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly XmlValue[]
  | ReadonlyMap<string, string>
  | { readonly [name: string]: XmlValue };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** Writes one element with its content. */
export function toXml(name: string, value: XmlValue): string {
  if (value === undefined) return '';
  return `<${name}>${contentOf(value)}</${name}>`;
}

function contentOf(value: Exclude<XmlValue, undefined>): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => toXml('member', item)).join('');
  if (value instanceof Map) {
    return [...value].map(([key, item]) => toXml('entry', { key, value: item })).join('');
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([member, item]) => toXml(member, item))
      .join('');
  }
  return escapeXml(String(value));
}
