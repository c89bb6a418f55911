import { createHash } from 'node:crypto';
import { generatedName } from '../../core/generated-name';
import { refuseOthers } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { Properties, ResourceHandler, ResourceState } from '../../core/resource-handler';
import { violationsOf } from '../../core/shapes/constraints';
import { readTexts } from '../../core/shapes/read-texts';
import { required, structure, type ValueOf } from '../../core/shapes/shape';
import { tagList, tagMap } from '../../core/tags';
import { constraintError } from '../../core/validation';
import { VALIDATION } from '../errors';
import { scope, webAclName, webAclSettings } from '../members';
import { labelNamespace } from '../operations/web-acls';
import { capacityOf } from '../rules/capacity';
import { settingsFrom } from '../settings';
import { requireRegional, SCOPE, type WebAcl, type WebAclStore } from '../store';

const TYPE = 'AWS::WAFv2::WebACL';
const DECLARED = structure({
  Name: webAclName,
  Scope: required(scope),
  ...webAclSettings,
  Tags: tagList,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webacl.html */
export function webAclHandler(wafv2: Stores<WebAclStore>): ResourceHandler {
  return {
    type: TYPE,
    create(context, properties) {
      const { name = generatedName(context, 128), settings, tags } = read(properties);
      const id = derivedUuid(context.seed);
      return stateOf(wafv2.store(context.caller).create({ name, settings, tags, id }));
    },
    update(context, physicalId, properties) {
      const store = wafv2.store(context.caller);
      const webAcl = store.get(arnIn(store, physicalId));
      const { settings, tags } = read(properties);
      store.update(webAcl, settings);
      webAcl.tags.clear();
      for (const [key, value] of tags) webAcl.tags.set(key, value);
      return stateOf(webAcl);
    },
    delete(context, physicalId) {
      const store = wafv2.store(context.caller);
      store.delete(arnIn(store, physicalId));
    },
  };
}

/** @throws AwsError NotImplemented for what is not there, ValidationException */
function read(properties: Properties) {
  refuseOthers(TYPE, properties, Object.keys(DECLARED.members));
  const input = readTexts(DECLARED, withoutText(properties) as Properties);
  const violations = violationsOf(DECLARED, input);
  if (violations.length > 0) throw constraintError(VALIDATION, violations);
  const declared = input as ValueOf<typeof DECLARED>;
  requireRegional(declared.Scope);
  return {
    name: declared.Name,
    settings: settingsFrom(declared),
    tags: tagMap(declared.Tags),
  };
}

/** Templates have the bytes to search as text, or as `SearchStringBase64`; WAF's API has base64. */
function withoutText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === 'SearchString') return [name, Buffer.from(String(member)).toString('base64')];
      return name === 'SearchStringBase64' ? ['SearchString', member] : [name, withoutText(member)];
    }),
  );
}

/** A web ACL's id is the same for the same resource, and so is its ARN. */
function derivedUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

const stateOf = (webAcl: WebAcl): ResourceState => ({
  physicalId: [webAcl.name, webAcl.id, SCOPE].join('|'),
  attributes: {
    Arn: webAcl.arn,
    Capacity: capacityOf(webAcl.settings.rules),
    Id: webAcl.id,
    LabelNamespace: labelNamespace(webAcl),
  },
});

function arnIn(store: WebAclStore, physicalId: string): string {
  const [name = '', id = ''] = physicalId.split('|');
  return store.arnOf(name, id);
}
