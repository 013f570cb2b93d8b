/** Fails the build where a case of a closed set is not handled, and tells at run time which one came. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`);
}
