// asc library.ts -O --exportRuntime --exportStart _start -o library.wasm
// asc 0.28.20

const words: Map<string, string> = new Map<string, string>();
words.set("colour", "color");

export function spelled(text: string): string {
  return words.has(text) ? words.get(text) : text;
}

export function logged(text: string): string {
  console.log("saw " + text);
  console.debug("debug");
  console.info("info");
  console.warn("warn");
  console.assert(text.length > 0, "no text");
  console.time("timer");
  console.timeLog("timer");
  console.timeEnd("timer");
  trace("numbers", 5, 1, 2.5, -3, f64.NaN, 1e300);
  trace("none");
  return text;
}

export function failing(text: string): string {
  console.error("cannot do " + text);
  if (text.length > 0) unreachable();
  return text;
}

export function dated(text: string): string {
  return Date.now().toString() + " " + performance.now().toString();
}

export function thrown(text: string): string {
  return Math.random().toString();
}

export function long(text: string): string {
  console.log("🌍".repeat(20000));
  return text;
}

export function flooding(text: string): string {
  while (true) console.log(text);
  return text;
}
