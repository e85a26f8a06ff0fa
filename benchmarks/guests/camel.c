/*
 * The work as camel-wasm's producer calls it: `{"headers":{...},"body":"base64"}` in and out, and
 * a result of pointer << 32 | length. Headers of the answer: none.
 */

#include "stack.h"
#include "work.h"

#define EXPORT(name) __attribute__((export_name(#name)))

EXPORT(alloc) void *alloc(size_t size)
{
    return take(size);
}

EXPORT(dealloc) void dealloc(void *start, size_t size)
{
    (void)size;
    give_back(start);
}

/* Where the string ends that begins behind `at`: at its closing quote. */
static size_t string_end(const unsigned char *json, size_t length, size_t at)
{
    while (at < length && json[at] != '"') {
        at += json[at] == '\\' ? 2 : 1;
    }
    return at;
}

/* Where the value of the outermost key `body` begins, behind its quote; `length` if nowhere. */
static size_t body_start(const unsigned char *json, size_t length)
{
    static const char key[] = "body\":\"";
    int depth = 0;
    for (size_t at = 0; at < length; at++) {
        depth += json[at] == '{' || json[at] == '[';
        depth -= json[at] == '}' || json[at] == ']';
        if (json[at] == '"') {
            size_t same = 0;
            while (same < sizeof key - 1 && at + 1 + same < length
                    && json[at + 1 + same] == (unsigned char)key[same]) {
                same++;
            }
            if (depth == 1 && same == sizeof key - 1) {
                return at + sizeof key;
            }
            at = string_end(json, length, at + 1);
        }
    }
    return length;
}

static uint32_t six_bits(unsigned char letter)
{
    if (letter >= 'a') {
        return letter - 'a' + 26u;
    }
    if (letter >= 'A') {
        return letter - 'A' + 0u;
    }
    if (letter >= '0') {
        return letter - '0' + 52u;
    }
    return letter == '+' ? 62 : 63;
}

static size_t decode(const unsigned char *base64, size_t length, unsigned char *out)
{
    size_t written = 0;
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < length && base64[i] != '='; i++) {
        bits = bits << 6 | six_bits(base64[i]);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out[written++] = (unsigned char)(bits >> count);
        }
    }
    return written;
}

static size_t encode(const unsigned char *in, size_t length, unsigned char *out)
{
    static const char letters[] =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t written = 0;
    for (size_t i = 0; i < length; i += 3) {
        size_t rest = length - i;
        uint32_t bits = (uint32_t)in[i] << 16;
        bits |= rest > 1 ? (uint32_t)in[i + 1] << 8 : 0;
        bits |= rest > 2 ? in[i + 2] : 0u;
        out[written++] = (unsigned char)letters[bits >> 18];
        out[written++] = (unsigned char)letters[bits >> 12 & 63];
        out[written++] = rest > 1 ? (unsigned char)letters[bits >> 6 & 63] : '=';
        out[written++] = rest > 2 ? (unsigned char)letters[bits & 63] : '=';
    }
    return written;
}

static size_t put(unsigned char *out, const char *text)
{
    size_t length = 0;
    for (; text[length]; length++) {
        out[length] = (unsigned char)text[length];
    }
    return length;
}

/* There is no answer that says so: without memory the guest traps. */
static unsigned char *taken(size_t size)
{
    unsigned char *start = take(size);
    if (!start) {
        __builtin_trap();
    }
    return start;
}

static uint64_t call(work *does, size_t room(size_t), const unsigned char *json, size_t length)
{
    static const char before[] = "{\"headers\":{},\"body\":\"";
    static const char after[] = "\"}";
    size_t start = body_start(json, length);
    size_t end = string_end(json, length, start);
    unsigned char *in = taken((end - start) / 4 * 3 + 3);
    size_t in_length = decode(json + start, end - start, in);
    unsigned char *out = taken(room(in_length));
    size_t out_length = does(in, in_length, out);
    unsigned char *result =
            taken(sizeof before + sizeof after + (out_length + 2) / 3 * 4);
    size_t written = put(result, before);
    written += encode(out, out_length, result + written);
    written += put(result + written, after);
    return (uint64_t)(uintptr_t)result << 32 | written;
}

#define FUNCTION(name, does, room)                                                \
    EXPORT(name) uint64_t name##_camel(const unsigned char *json, size_t length)  \
    {                                                                             \
        return call(does, room, json, length);                                    \
    }

FUNCTION(process, append, append_room)
FUNCTION(sha256, sha256_of, sha256_room)
FUNCTION(rle, encode_runs, rle_room)
FUNCTION(words, count_words, words_room)
