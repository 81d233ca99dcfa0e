/** An element with a class and what is in it: text or other elements, never markup. What is nothing is left out. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  style: string,
  ...content: (Node | string | null | undefined)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (style) element.className = style;
  for (const each of content) if (each) element.append(each);
  return element;
}
