declare namespace App {
  interface Locals {
    /** The view model of the page that is being rendered. */
    view?: import('#view').PageView;
  }
}

declare module '@mixmark-io/domino' {
  const domino: { createDocument(html?: string): Document };
  export default domino;
}
