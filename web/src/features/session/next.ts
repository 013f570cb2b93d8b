/** Where to go after signing in: a page of this studio, or home. */
export function safeNext(next: string | undefined): string {
  // "//elsewhere" and "/\elsewhere" are other sites to a browser.
  return next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in") ? next : "/";
}
