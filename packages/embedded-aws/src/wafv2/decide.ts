import type { HttpRequest } from '../core/http';
import { BODY_LIMITS, type Inspection } from './rules/inspection';
import { type Rule, ruleFrom } from './rules/rule';
import type { DefaultAction, WebAclSettings } from './settings';
import type { WebAclStore } from './store';

/** The metric of requests that no rule decides on. */
const DEFAULT_METRIC = 'Default_Action';

/** Rules by the settings that they were read from: a web ACL is asked more often than it changes. */
const read = new WeakMap<WebAclSettings, readonly Rule[]>();

function rulesOf(settings: WebAclSettings): readonly Rule[] {
  const known = read.get(settings);
  if (known !== undefined) return known;
  const rules = (settings.rules ?? []).map(ruleFrom).sort((a, b) => a.priority - b.priority);
  read.set(settings, rules);
  return rules;
}

/**
 * Puts a request through a web ACL's rules, by priority, until one allows or blocks it; counting
 * ends nothing. Blocked requests are sampled.
 * @throws AwsError WAFNonexistentItemException
 */
export function decide(store: WebAclStore, webAclArn: string, request: HttpRequest): DefaultAction {
  const { settings } = store.get(webAclArn);
  const { bodyLimit = BODY_LIMITS.KB_16, defaultAction } = settings;
  const inspection: Inspection = { request, bodyLimit, labels: new Set() };
  for (const { ask, metricName, isSampled } of rulesOf(settings)) {
    const { action, within } = ask(inspection) ?? {};
    if (action === undefined || action === 'Count') continue;
    if (action === 'Block' && isSampled) store.samples.add(webAclArn, metricName, request, within);
    return action;
  }
  if (defaultAction === 'Block' && settings.visibilityConfig.SampledRequestsEnabled) {
    store.samples.add(webAclArn, DEFAULT_METRIC, request);
  }
  return defaultAction;
}
