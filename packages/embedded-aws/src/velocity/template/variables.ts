import type { JavaValue } from '../java/values';

/** The variables of one rendering. */
export interface Variables {
  get(name: string): JavaValue;
  put(name: string, value: JavaValue): void;
  remove(name: string): void;
}

export class TemplateVariables implements Variables {
  readonly #values = new Map<string, JavaValue>();

  get(name: string): JavaValue {
    return this.#values.get(name) ?? null;
  }

  put(name: string, value: JavaValue): void {
    this.#values.set(name, value);
  }

  remove(name: string): void {
    this.#values.delete(name);
  }
}

/**
 * The variables in an iteration whose element is null: the loop variable stays null, whatever is
 * assigned to it, until it is removed.
 */
export class NullElementVariables implements Variables {
  readonly #name: string;
  readonly #outer: Variables;
  #isActive = true;

  constructor(name: string, outer: Variables) {
    this.#name = name;
    this.#outer = outer;
  }

  get(name: string): JavaValue {
    return this.#isActive && name === this.#name ? null : this.#outer.get(name);
  }

  put(name: string, value: JavaValue): void {
    if (name === this.#name && value === null) this.#isActive = true;
    this.#outer.put(name, value);
  }

  remove(name: string): void {
    if (name === this.#name) this.#isActive = false;
    this.#outer.remove(name);
  }
}
