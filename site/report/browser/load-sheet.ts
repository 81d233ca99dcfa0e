/** Have a style sheet of what only some readers use; done when it is there, or cannot be had. @param href of its file, as a "?url" import says it */
export function loadSheet(href: string): Promise<void> {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = href;
  const loaded = new Promise<void>((done) => {
    link.addEventListener('load', () => done());
    link.addEventListener('error', () => done());
  });
  document.head.append(link);
  return loaded;
}
