/** The work W1 and W3 in AssemblyScript. */
export function process(text: string): string {
  return text + "-wasm";
}
