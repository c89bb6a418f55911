/**
 * Keys that do something wherever the focus is; of those that write, not where text is typed.
 * @param actions by the name of the key
 */
export function listenForKeys(actions: Readonly<Record<string, () => unknown>>): void {
  document.addEventListener('keydown', (event) => {
    const { key } = event;
    const act = Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = (event.target as Element).matches('input, select, textarea');
    if (isTyping && key !== 'Escape') return;
    // The field that the key leads to would take it for text.
    if (key !== 'Escape') event.preventDefault();
    act();
  });
}
