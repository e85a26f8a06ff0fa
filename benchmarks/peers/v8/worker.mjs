// Measures V8 when told to, as io.github.dagwasm.benchmarks.worker.Worker does for the JVM: on standard input
// and output, a line each. First the milliseconds to warm up, answered by `ready`; then `THREADS NANOS`,
// answered by the nanoseconds that pass for each call, of all threads together, and `NaN NaN` for the bytes,
// which V8 does not tell.
// node worker.mjs MODULE FUNCTION fresh|reused INPUT EXPECTED, the last two being files
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const BATCH_NANOS = 20_000;
const LARGEST_BATCH = 10_000;

function guest(module, name) {
  const { memory, allocate, deallocate, [name]: process } = new WebAssembly.Instance(module).exports;
  let bytes = Buffer.from(memory.buffer);
  return (text) => {
    const size = Buffer.byteLength(text) + 1;
    const input = allocate(size) >>> 0;
    // Growth of the memory detaches what was its buffer.
    if (bytes.buffer !== memory.buffer) bytes = Buffer.from(memory.buffer);
    bytes[input + bytes.write(text, input, 'utf8')] = 0;
    const output = process(input) >>> 0;
    if (bytes.buffer !== memory.buffer) bytes = Buffer.from(memory.buffer);
    const end = bytes.indexOf(0, output);
    const answer = bytes.toString('utf8', output, end);
    deallocate(output, end - output + 1);
    deallocate(input, size);
    return answer;
  };
}

function caller([file, name, mode, inputFile, expectedFile]) {
  const module = new WebAssembly.Module(readFileSync(file));
  const input = readFileSync(inputFile, 'utf8');
  const expected = readFileSync(expectedFile, 'utf8');
  const kept = guest(module, name);
  const call = mode === 'fresh' ? (text) => guest(module, name)(text) : kept;
  for (let i = 0; i < 3; i++) {
    const answer = call(input);
    if (answer !== expected) throw new Error(`expected ${expected.slice(0, 100)}, got ${answer.slice(0, 100)}`);
  }
  let batch = 1;
  let sink = 0;
  // How many calls there were in how many nanoseconds.
  return (nanos) => {
    const start = process.hrtime.bigint();
    let calls = 0;
    let elapsed;
    do {
      for (let i = 0; i < batch; i++) sink += call(input).length;
      calls += batch;
      elapsed = Number(process.hrtime.bigint() - start);
    } while (elapsed < nanos);
    batch = Math.max(1, Math.min(LARGEST_BATCH, Math.floor((BATCH_NANOS * calls) / elapsed)));
    return { calls, elapsed, sink };
  };
}

function serve() {
  const call = caller(workerData);
  parentPort.on('message', (nanos) => parentPort.postMessage(call(nanos)));
}

function slice(thread, nanos) {
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.postMessage(nanos);
  });
}

async function measure() {
  const threads = [];
  const script = fileURLToPath(import.meta.url);
  let warmUpNanos;
  for await (const line of createInterface({ input: process.stdin })) {
    const words = line.split(' ').map(Number);
    const count = words.length === 1 ? 2 : words[0];
    while (threads.length < count) threads.push(new Worker(script, { workerData: process.argv.slice(2) }));
    if (warmUpNanos === undefined) {
      warmUpNanos = words[0] * 1e6;
      await Promise.all(threads.map((thread) => slice(thread, warmUpNanos)));
      console.log('ready');
      continue;
    }
    for (const thread of threads) thread.removeAllListeners('error');
    const seen = await Promise.all(threads.slice(0, count).map((thread) => slice(thread, words[1])));
    const rate = seen.reduce((sum, { calls, elapsed }) => sum + calls / elapsed, 0);
    console.log(`${(1 / rate).toFixed(3)} NaN NaN`);
  }
  process.exit(0);
}

if (isMainThread) await measure();
else serve();
