import {
  evaluateMappingTemplate,
  MappingTemplateError,
  type MappingTemplateErrorKind,
  type MappingTemplateInput,
  type MappingTemplateResult,
} from '../../src/velocity';

export interface Given {
  readonly body?: string;
  readonly params?: Partial<MappingTemplateInput['params']>;
  readonly context?: MappingTemplateInput['context'];
  readonly stageVariables?: MappingTemplateInput['stageVariables'];
}

/** Evaluates a template; omitted inputs are empty. */
export function evaluate(template: string, given: Given = {}): MappingTemplateResult {
  return evaluateMappingTemplate(template, {
    body: given.body ?? '',
    params: { path: {}, querystring: {}, header: {}, ...given.params },
    context: given.context ?? {},
    stageVariables: given.stageVariables ?? {},
  });
}

export function render(template: string, given: Given = {}): string {
  return evaluate(template, given).text;
}

/** The kind of error with which the template must fail. */
export function failureOf(template: string, given: Given = {}): MappingTemplateErrorKind {
  return failing(template, given).kind;
}

/** The error with which the template must fail. */
export function failing(template: string, given: Given = {}): MappingTemplateError {
  try {
    const text = render(template, given);
    throw new Error(`The template rendered ${JSON.stringify(text)}`);
  } catch (error) {
    if (error instanceof MappingTemplateError) return error;
    throw error;
  }
}

/** A payload with a value of each type; test templates read it into `$r`. */
const PAYLOAD = JSON.stringify({
  name: 'Mia',
  count: 3,
  ratio: 0.25,
  long: 30_000_000_000,
  yes: true,
  no: false,
  nothing: null,
  blank: '',
  words: 'one two three',
  list: [10, 20, 30],
  map: { first: 1, second: 'zwei' },
  rows: [{ id: 'r-1' }, { id: 'r-2', tag: 'x' }],
});

/** Renders a template with the payload as `$r`. */
export function renderWithPayload(template: string): string {
  return render(`#set($r = $input.path('$'))${template}`, { body: PAYLOAD });
}

/** The kind of error of a template with the payload as `$r`. */
export function failureWithPayload(template: string): MappingTemplateErrorKind {
  return failureOf(`#set($r = $input.path('$'))${template}`, { body: PAYLOAD });
}
