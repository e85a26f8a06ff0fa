// asc hello.ts -O --exportRuntime -o hello.wasm
// asc hello.ts -O -o without_runtime.wasm
// asc 0.28.20

export function process(text: string): string {
  return text + "-wasm";
}

export function upper(text: string): string {
  if (text.startsWith("!")) {
    throw new Error("no shouting: " + text);
  }
  return text.toUpperCase();
}

export function at(text: string): string {
  return [text][text.length];
}
