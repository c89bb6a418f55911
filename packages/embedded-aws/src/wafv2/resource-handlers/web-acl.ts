import { createHash } from 'node:crypto';
import { generatedName } from '../../core/generated-name';
import { textProperty } from '../../core/properties';
import type { Properties, ResourceHandler, ResourceState } from '../../core/resource-handler';
import { readTags, requiredText } from '../input';
import { deleteWebAcl, labelNamespace } from '../operations/web-acls';
import { readSettings } from '../settings';
import { checkScope, SCOPE, type WebAcl, type WebAclStore } from '../store';
import type { Wafv2 } from '../wafv2';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webacl.html */
export function webAclHandler(wafv2: Wafv2): ResourceHandler {
  return {
    type: 'AWS::WAFv2::WebACL',
    create(context, properties) {
      checkScope(requiredText(properties, 'Scope'));
      const webAcl = wafv2.context(context.caller).store.create({
        name: textProperty(properties, 'Name') ?? generatedName(context, 128),
        settings: readSettings(plain(properties)),
        tags: readTags(properties),
        id: derivedUuid(context.seed),
      });
      return stateOf(webAcl);
    },
    update(context, physicalId, properties) {
      const { store } = wafv2.context(context.caller);
      const webAcl = store.get(arnIn(store, physicalId));
      const settings = readSettings(plain(properties));
      const tags = readTags(properties);
      store.update(webAcl, settings);
      webAcl.tags.clear();
      for (const [key, value] of tags) webAcl.tags.set(key, value);
      return stateOf(webAcl);
    },
    delete(context, physicalId) {
      const actions = wafv2.context(context.caller);
      deleteWebAcl(arnIn(actions.store, physicalId), actions);
    },
  };
}

/** Templates may spell flags as text. */
function plain(properties: Properties): Properties {
  const { VisibilityConfig: config } = properties;
  if (typeof config !== 'object' || config === null) return properties;
  const flags = Object.entries(config).map(([name, value]) => [
    name,
    value === 'true' || value === 'false' ? value === 'true' : value,
  ]);
  return { ...properties, VisibilityConfig: Object.fromEntries(flags) };
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
    Capacity: 0,
    Id: webAcl.id,
    LabelNamespace: labelNamespace(webAcl),
  },
});

function arnIn(store: WebAclStore, physicalId: string): string {
  const [name = '', id = ''] = physicalId.split('|');
  return store.arnOf(name, id);
}
