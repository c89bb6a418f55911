import type { Draft4 } from './parts';

const optional = (more: object = {}) => ({ type: ['string', 'null'], minLength: 1, ...more });

/** RFC 3339; as a pattern, because API Gateway's own format is not known to take every form of it. */
const TIME =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$';

/** Attributes of CloudEvents 1.0; those that are unset may be null. */
const ATTRIBUTES = {
  specversion: { enum: ['1.0'] },
  id: { type: 'string', minLength: 1 },
  source: { type: 'string', minLength: 1 },
  type: { type: 'string', minLength: 1 },
  datacontenttype: optional(),
  dataschema: optional(),
  subject: optional(),
  time: optional({ pattern: TIME }),
};

const REQUIRED = ['specversion', 'id', 'source', 'type'];

/**
 * A structured CloudEvent. Members that it does not name are extensions, of any name and value.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 * @param data what its data must be; anything, bytes included, if that is undefined
 */
export function cloudEvent(data: Draft4 | undefined): Draft4 {
  return {
    type: 'object',
    required: data === undefined ? REQUIRED : [...REQUIRED, 'data'],
    properties: {
      ...ATTRIBUTES,
      // Bytes cannot be checked against a schema.
      ...(data === undefined
        ? { data_base64: { type: ['string', 'null'] } }
        : { data, data_base64: { type: 'null' } }),
    },
  };
}
