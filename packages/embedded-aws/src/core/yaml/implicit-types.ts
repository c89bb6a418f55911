// The types that YAML 1.1 gives plain scalars, as SnakeYAML resolves them: single letters (`Y`, `n`)
// are texts. https://yaml.org/type/

const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;

const INTEGERS: readonly { readonly form: RegExp; readonly read: (digits: string) => number }[] = [
  { form: /^0b_*[01][01_]*$/, read: (digits) => Number.parseInt(digits.slice(2), 2) },
  { form: /^0_*[0-7][0-7_]*$/, read: (digits) => Number.parseInt(digits, 8) },
  { form: /^(?:0|[1-9][\d_]*)$/, read: Number },
  { form: /^0x_*[\da-fA-F][\da-fA-F_]*$/, read: (digits) => Number.parseInt(digits.slice(2), 16) },
  { form: /^[1-9][\d_]*(?::[0-5]?\d)+$/, read: sexagesimal },
];

const FLOATS: readonly { readonly form: RegExp; readonly read: (digits: string) => number }[] = [
  { form: /^\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?$/, read: Number },
  { form: /^\d[\d_]*[eE][-+]?\d+$/, read: Number },
  { form: /^\.\d[\d_]*(?:[eE][-+]?\d+)?$/, read: Number },
  { form: /^\d[\d_]*(?::[0-5]?\d)+\.[\d_]*$/, read: sexagesimal },
];

const NUMBERS = [...INTEGERS, ...FLOATS];

/** `1:30` is 90. */
function sexagesimal(digits: string): number {
  return digits.split(':').reduce((total, part) => total * 60 + Number(part), 0);
}

/** The value of a plain scalar without a tag. */
export function plainValue(text: string): null | boolean | number | string {
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  const [, sign = '', unsigned = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const digits = unsigned.replaceAll('_', '');
  const found = NUMBERS.find(({ form }) => form.test(unsigned));
  const number = found?.read(digits);
  if (number === undefined || !Number.isFinite(number)) return text;
  return sign === '-' ? -number : number;
}

/**
 * The same, but numbers stay texts where their spelling would be lost: whole numbers that are not
 * exact in JavaScript, and floats that are whole numbers (`1.0`).
 */
export function implicitValue(text: string): null | boolean | number | string {
  const value = plainValue(text);
  if (typeof value !== 'number' || !Number.isInteger(value)) return value;
  const isExact = Number.isSafeInteger(value) && !isFloat(text);
  return isExact ? value : text;
}

function isFloat(text: string): boolean {
  const unsigned = text.replace(/^[-+]/, '');
  return (
    !INTEGERS.some(({ form }) => form.test(unsigned)) &&
    FLOATS.some(({ form }) => form.test(unsigned))
  );
}
