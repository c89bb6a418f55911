import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A shape of a model, with the members that matter for inputs. */
export interface ModelShape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, ModelMember>>;
  readonly member?: ModelMember;
  readonly key?: ModelMember;
  readonly value?: ModelMember;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  /** The member that is the whole body. */
  readonly payload?: string;
}

export interface ModelMember {
  readonly shape: string;
  readonly location?: string;
  readonly locationName?: string;
}

/** One API model of AWS, in botocore's form. */
export interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

/** @param folder where `botocore/__init__.py` is */
export function botocoreIn(folder: string): { readonly folder: string; readonly version: string } {
  const init = readFileSync(path.join(folder, '__init__.py'), 'utf8');
  const version = /^__version__ = '([^']+)'/m.exec(init)?.[1];
  if (version === undefined) throw new Error(`${folder} does not look like botocore.`);
  return { folder, version };
}

/** The newest model of a service. */
export function readModel(
  folder: string,
  service: string,
): { readonly apiVersion: string; readonly model: Model } {
  const data = path.join(folder, 'data', service);
  const apiVersion = readdirSync(data).sort().at(-1) ?? '';
  const packed = readFileSync(path.join(data, apiVersion, 'service-2.json.gz'));
  return { apiVersion, model: JSON.parse(gunzipSync(packed).toString('utf8')) };
}
