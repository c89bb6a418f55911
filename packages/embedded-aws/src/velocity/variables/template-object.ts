import { SelfPrinting } from '../java/to-string';
import type { JavaValue } from '../java/values';

/**
 * A variable of API Gateway: not a Java collection, but an object with the properties and methods
 * that AWS documents. Prints nothing (recorded from AWS).
 */
export abstract class TemplateObject extends SelfPrinting {
  /** The value of a property; undefined if there is none. */
  getProperty(_name: string): JavaValue | undefined {
    return undefined;
  }

  /** Sets a property if it is writable; otherwise does nothing. */
  setProperty(_name: string, _value: JavaValue): void {}

  /** Calls a method; undefined if there is none that accepts these arguments. */
  invoke(_name: string, _values: readonly JavaValue[]): JavaValue | undefined {
    return undefined;
  }

  print(): string | null {
    return '';
  }
}
