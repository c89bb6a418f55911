import { TemplateParseError } from '../errors';
import { integerOfSmallestType, JavaDouble, type JavaValue } from '../java/values';

/**
 * An Integer, Long or BigInteger, whichever is the first that holds the number.
 * @throws TemplateParseError for a number behind a `#` that began nothing
 */
export function parseInteger(image: string): JavaValue {
  assertNumber(image);
  return integerOfSmallestType(BigInt(image));
}

/** @throws TemplateParseError as {@link parseInteger} */
export function parseFloatingPoint(image: string): JavaValue {
  assertNumber(image);
  return new JavaDouble(Number(image));
}

function assertNumber(image: string): void {
  if (!/^[-.0-9]/.test(image)) throw new TemplateParseError(`${image} is no number`);
}
