/** The page's element with this id. @throws Error when the page and its code disagree */
export function byId<K extends keyof HTMLElementTagNameMap>(
  id: string,
  tag: K,
): HTMLElementTagNameMap[K] {
  const element = document.getElementById(id);
  if (element?.localName !== tag) throw new Error(`The page has no <${tag} id="${id}">.`);
  return element as HTMLElementTagNameMap[K];
}

/**
 * A new element. Children are nodes or text; text is never read as markup, which is what keeps
 * records from becoming part of the page.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  if (className !== '') created.className = className;
  created.append(...children);
  return created;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const created = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, String(value));
  created.append(...children);
  return created;
}

/**
 * Buttons of which one is pressed.
 * @param attribute the data attribute that names each, without `data-`
 */
export function segments(attribute: string, onChoose: (value: string) => void) {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>(`[data-${attribute}]`)];
  const show = (value: string) => {
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(button.dataset[attribute] === value));
    }
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const value = button.dataset[attribute] ?? '';
      show(value);
      onChoose(value);
    });
  }
  return { show };
}

/** Limits calls to one a frame, or to one in so many milliseconds. */
export function paced(act: () => void, everyMs = 0): () => void {
  let due = false;
  let last = Number.NEGATIVE_INFINITY;
  const run = () => {
    due = false;
    last = performance.now();
    act();
  };
  return () => {
    if (due) return;
    due = true;
    const wait = everyMs - (performance.now() - last);
    if (wait > 0) setTimeout(() => requestAnimationFrame(run), wait);
    else requestAnimationFrame(run);
  };
}
