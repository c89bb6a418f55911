import { spend } from '../../core/evaluation-budget';
import { javaEquals } from '../java/equality';
import { JavaMap, JavaMapView } from '../java/map';
import { MethodTable, VOID } from './method-table';
import { OBJECT_METHODS } from './object-methods';

/** `java.util.LinkedHashMap` */
export const MAP_METHODS = new MethodTable<JavaMap>('java.util.LinkedHashMap', [
  OBJECT_METHODS,
  [
    ['size', '', (target) => target.size],
    ['isEmpty', '', (target) => target.size === 0],
    ['get', 'Object', (target, values) => target.get(values.value(0))],
    [
      'getOrDefault',
      'Object Object',
      (target, values) =>
        target.has(values.value(0)) ? target.get(values.value(0)) : values.value(1),
    ],
    ['put', 'Object Object', (target, values) => target.put(values.value(0), values.value(1))],
    [
      'putIfAbsent',
      'Object Object',
      (target, values) => {
        const old = target.get(values.value(0));
        if (old === null) target.put(values.value(0), values.value(1));
        return old;
      },
    ],
    [
      'putAll',
      'Map',
      (target, values) => {
        spend(values.map(0).size);
        for (const [key, value] of [...values.map(0).entries()]) target.put(key, value);
        return VOID;
      },
    ],
    ['remove', 'Object', (target, values) => target.remove(values.value(0))],
    [
      'remove',
      'Object Object',
      (target, values) => {
        const key = values.value(0);
        if (!target.has(key) || !javaEquals(target.get(key), values.value(1))) return false;
        target.remove(key);
        return true;
      },
    ],
    [
      'replace',
      'Object Object',
      (target, values) =>
        target.has(values.value(0)) ? target.put(values.value(0), values.value(1)) : null,
    ],
    [
      'replace',
      'Object Object Object',
      (target, values) => {
        const key = values.value(0);
        if (!target.has(key) || !javaEquals(target.get(key), values.value(1))) return false;
        target.put(key, values.value(2));
        return true;
      },
    ],
    ['containsKey', 'Object', (target, values) => target.has(values.value(0))],
    [
      'containsValue',
      'Object',
      (target, values) => target.values().some((value) => javaEquals(value, values.value(0))),
    ],
    ['keySet', '', (target) => new JavaMapView(target, 'keys')],
    ['values', '', (target) => new JavaMapView(target, 'values')],
    ['entrySet', '', (target) => new JavaMapView(target, 'entries')],
    [
      'clear',
      '',
      (target) => {
        target.clear();
        return VOID;
      },
    ],
    [
      'clone',
      '',
      (target) => {
        spend(target.size);
        const copy = new JavaMap();
        for (const [key, value] of target.entries()) copy.put(key, value);
        return copy;
      },
    ],
  ],
]);
