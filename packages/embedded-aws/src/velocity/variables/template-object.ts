import { SelfPrinting } from '../java/to-string';
import type { JavaValue } from '../java/values';

/**
 * A variable of API Gateway's own: not one of Java's collections, but an object with the properties
 * and methods that AWS documents. Prints nothing (recorded from AWS).
 */
export abstract class TemplateObject extends SelfPrinting {
  /** The property's value, or undefined when there is none. */
  getProperty(_name: string): JavaValue | undefined {
    return undefined;
  }

  /** Sets the property if it can be set; else nothing happens. */
  setProperty(_name: string, _value: JavaValue): void {}

  /** Calls the method, or gives undefined when none takes these arguments. */
  invoke(_name: string, _values: readonly JavaValue[]): JavaValue | undefined {
    return undefined;
  }

  print(): string | null {
    return '';
  }
}
