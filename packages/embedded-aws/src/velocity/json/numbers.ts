import { JavaBigDecimal } from '../java/big-decimal';
import { integerOfSmallestType, JavaDouble, type JavaValue } from '../java/values';
import { JsonParseError } from './json-parse-error';

/** @throws JsonParseError if there are more digits than a template may use */
export function readInteger(text: string): JavaValue {
  if (text === '-') return 0;
  if (text.length < 10) return Number(text) + 0;
  if (text.length > MAX_DIGITS) {
    throw new JsonParseError(`A number has more than ${MAX_DIGITS} digits`);
  }
  return integerOfSmallestType(BigInt(text));
}

/** With more digits, Java's own parser takes minutes. */
const MAX_DIGITS = 100_000;

/** @throws JsonParseError for text that Java's own parser rejects */
export function readFraction(text: string): JavaValue {
  if (text.length > 18) {
    try {
      return JavaBigDecimal.parse(text);
    } catch (error) {
      throw new JsonParseError(`Unexpected exception ${text}`, { cause: error });
    }
  }
  const value = Number(text);
  if (Number.isNaN(value)) throw new JsonParseError(`Unexpected exception ${text}`);
  return new JavaDouble(value);
}
