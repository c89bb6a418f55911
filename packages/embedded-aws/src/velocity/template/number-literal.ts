import { TemplateParseError } from '../errors';
import { integerOfSmallestType, JavaDouble, type JavaValue } from '../java/values';

/**
 * An Integer, Long or BigInteger, whichever is the smallest type for the number.
 * @throws TemplateParseError for a number after a `#` that started nothing
 */
export function parseInteger(image: string): JavaValue {
  assertNumber(image);
  return integerOfSmallestType(BigInt(image));
}

/** @throws TemplateParseError like {@link parseInteger} */
export function parseFloatingPoint(image: string): JavaValue {
  assertNumber(image);
  return new JavaDouble(Number(image));
}

function assertNumber(image: string): void {
  if (!/^[-.0-9]/.test(image)) throw new TemplateParseError(`${image} is not a number`);
}
