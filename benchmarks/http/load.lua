-- Posts `hello world`; prints requests, seconds, p50 and p99 in microseconds, 503s, other statuses, broken connections.
wrk.method = "POST"
wrk.body = "hello world"
wrk.headers["Content-Type"] = "text/plain"

local threads = {}
function setup(thread) table.insert(threads, thread) end

full, wrong = 0, 0
function response(status, headers, body)
    if status == 503 then full = full + 1
    elseif status ~= 200 or body ~= "hello world-wasm" then wrong = wrong + 1 end
end

function done(summary, latency, requests)
    local e, f, w = summary.errors, 0, 0
    for _, thread in ipairs(threads) do
        f, w = f + thread:get("full"), w + thread:get("wrong")
    end
    print(string.format("RESULT %d %.3f %d %d %d %d %d", summary.requests, summary.duration / 1e6,
        latency:percentile(50), latency:percentile(99), f, w, e.connect + e.read + e.write + e.timeout))
end
