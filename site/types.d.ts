declare namespace App {
  interface Locals {
    /** The view model of the page that is being rendered. */
    view?: import('#shared/view.ts').PageView;
    /** Several pages in one request instead. `before` is markup that goes before each: it must be in none of them. */
    batch?: { views: import('#shared/view.ts').CallPage[]; before: string };
  }
}

declare module '@mixmark-io/domino' {
  const domino: { createDocument(html?: string): Document };
  export default domino;
}
