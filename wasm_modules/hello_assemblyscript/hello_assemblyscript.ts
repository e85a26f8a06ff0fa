/** The hello-world guest in AssemblyScript: appends `-wasm` to its input. */
export function process(text: string): string {
  return text + "-wasm";
}
