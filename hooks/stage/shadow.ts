import { gunzipSync, gzipSync } from 'node:zlib';
import { logicalIds } from '../../resources/logical-ids';
import type { CompiledTemplate } from '../framework';

// While a deployment is verified, the stack has a second stage for it. The template remembers the
// one before it, so that the next command after a killed process can go back to that.

/** Begins the logical ids of all parts of the shadow stage. */
const PREFIX = 'Shadow';

/**
 * The logical id of a part of the shadow stage.
 * @param mark six hexadecimal digits, new for each deploy: one that was deleted by hand is not in the
 *   way of the next
 */
export const shadowId = (id: string, mark: string) => `${PREFIX}${id}${mark}`;

const STAGE = new RegExp(`^${PREFIX}${logicalIds.stage}[0-9a-f]{6}$`);

export const shadowStageName = (apiStage: string, mark: string) => `${apiStage}-verify-${mark}`;

/** Any resource of a shadow. */
const SHADOW = new RegExp(`^${PREFIX}[A-Za-z]+[0-9a-f]{6}$`);

/** The template without the shadow stage and what belongs to it. */
export function withoutShadow(template: CompiledTemplate): CompiledTemplate {
  const live = Object.entries(template.Resources).filter(([id]) => !SHADOW.test(id));
  return { ...template, Resources: Object.fromEntries(live) };
}

/** The logical id of the shadow stage; undefined without one. */
export const shadowStageOf = ({ Resources }: CompiledTemplate): string | undefined =>
  Object.keys(Resources).find((id) => STAGE.test(id));

/** The member of a template's Metadata with the template before: compressed, as base64. */
const BEFORE = 'KinesisRestProxyBefore';

export function remembering(
  template: CompiledTemplate,
  before: CompiledTemplate,
): CompiledTemplate {
  const text = gzipSync(JSON.stringify(before)).toString('base64');
  return { ...template, Metadata: { ...(template.Metadata as object), [BEFORE]: text } };
}

/** The template that the stack had before a deploy that has not ended; undefined if none is under way. */
export function rememberedBy({ Metadata }: CompiledTemplate): CompiledTemplate | undefined {
  const text = (Metadata as Readonly<Record<string, unknown>> | undefined)?.[BEFORE];
  if (typeof text !== 'string') return undefined;
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()) as CompiledTemplate;
}
