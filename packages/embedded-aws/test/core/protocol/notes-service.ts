import { rootCaller } from '../../../src/core/caller';
import { AwsError } from '../../../src/core/errors';
import { operationFor, type ServiceDefinition } from '../../../src/core/protocol/operation';
import { list, required, structure, text } from '../../../src/core/shapes/shape';
import { constraintError } from '../../../src/core/validation';
import type { XmlValue } from '../../../src/core/xml';

const operation = operationFor<Map<string, string>>();

const onNote = { Name: { type: 'String', min: 1, max: 8, required: true } } as const;

const OPERATIONS = {
  PutNote: operation({
    route: 'PUT /notes/{Name}',
    input: {
      ...onNote,
      Text: text,
      Copies: { type: 'Integer', min: 1, max: 9 },
      Labels: { type: 'Map', key: text, value: text },
      Links: list(structure({ Url: required(text) })),
    },
    unsupported: ['Secret'],
    resource: ({ Name }) => `arn:note/${Name}`,
    run(input, { store }) {
      store.set(input.Name, input.Text ?? '');
      return undefined;
    },
  }),
  GetNote: operation({
    route: 'GET /notes/{Name}',
    action: 'ReadNote',
    input: { ...onNote, Copies: { type: 'Integer', min: 1 } },
    run({ Name, Copies = 1 }, { store }) {
      if (Name === 'broken') throw new TypeError('undefined is not a function');
      const found = store.get(Name);
      if (found === undefined) throw new AwsError('NoSuchNote', `No note ${Name}`, { status: 404 });
      return { Text: found.repeat(Copies), Read: new Date(1_500) };
    },
  }),
};

/** A service of the kit with two operations, and the questions that it asks of policies. */
export function notesService() {
  const store = new Map([['first', 'hello']]);
  const asked: string[] = [];
  const caller = {
    ...rootCaller({ accountId: '000000000000', region: 'us-east-1' }),
    authorize(action: string, resource: string) {
      asked.push(`${action} ${resource}`);
      if (resource.endsWith('/locked')) throw new AwsError('AccessDeniedException', 'no');
    },
  };
  const definition: ServiceDefinition<Map<string, string>, XmlValue> = {
    signingName: 'notebook',
    policyPrefix: 'notes',
    operations: OPERATIONS,
    store: () => store,
    invalidInput: (violations) => constraintError('ValidationException', violations),
  };
  return { definition, store, asked, caller };
}
