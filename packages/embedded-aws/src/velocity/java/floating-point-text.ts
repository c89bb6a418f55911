/**
 * `Double.toString`: at least one digit after the point, and an exponent below 10^-3 and from 10^7.
 * It uses the shortest digits that identify the number, like Java 19; older versions print more
 * digits for a few rare numbers.
 */
export function doubleToString(value: number): string {
  return formatDigits(value, value.toExponential());
}

/**
 * `Float.toString`: like {@link doubleToString}, with the shortest digits that identify the float.
 */
export function floatToString(value: number): string {
  for (let digits = 0; digits <= 8; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return formatDigits(value, text);
  }
  return formatDigits(value, value.toExponential());
}

function formatDigits(value: number, scientific: string): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const sign = value < 0 ? '-' : '';
  const [mantissa = '', power = '0'] = scientific.replace('-', value < 0 ? '' : '-').split('e');
  const exponent = Number(power);
  const digits = mantissa.replace('.', '');
  if (exponent < -3 || exponent >= 7) {
    return `${sign}${digits.charAt(0)}.${digits.slice(1) || '0'}E${exponent}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
